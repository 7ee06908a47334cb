"""What every part of the web layer needs: settings, codes, media types, and the record of a request."""
