"""The command line: a module for each group of commands; `kb/__main__.py` lists them."""
