"""What pages are rendered with: templates, addresses, charts, figures, words."""
