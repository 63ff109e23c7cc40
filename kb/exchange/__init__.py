"""Exchange: records as tables that are edited elsewhere and brought back, each change seen before it is published."""
