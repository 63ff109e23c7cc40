"""What every request and response passes through: sign-in, security headers, errors, layout, language, caching."""
