"""Papers: slips and declarations as PDF, laid out by typst."""
