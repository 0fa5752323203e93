"""The server: a SPARQL endpoint that can be public, an API of the stored queries, pages for people."""
