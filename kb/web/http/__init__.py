"""What guards and shapes every answer: sign-in, security headers, errors, layout, language, caching."""
