"""Pages and endpoints: the chat in the browser, tracking by code, webhooks, health."""
