"""The parts of rendering: templates, addresses, charts, figures, words."""
