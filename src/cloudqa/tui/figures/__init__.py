"""The area of figures: filter, table, chart, growth, export."""
