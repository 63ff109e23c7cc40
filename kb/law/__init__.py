"""Legal instruments and their articles, as links to terms; summaries are our own words and not legal advice."""
