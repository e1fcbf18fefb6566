"""What a figure is about: its item, action, period, rate and kind."""
