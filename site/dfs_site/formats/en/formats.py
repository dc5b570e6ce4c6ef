DATE_FORMAT = "j F Y"  # 24 November 2026, as the United Nations write it
DATETIME_FORMAT = "j F Y, H:i"
