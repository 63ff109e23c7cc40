"""The command line: one module per group of commands; `kb/__main__.py` lists them."""
