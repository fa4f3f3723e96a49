"""Where everything is kept: tables, repositories, encryption, files. The only room that knows SQL."""
