"""Our icon set: 24 × 24, drawn with a 1.75 stroke in the colour of the text around it."""

ICONS = {
    "accident": '<path d="M12 3s6.5 7 6.5 11.3a6.5 6.5 0 0 1-13 0C5.5 10 12 3 12 3Z"/><path d="M9 15.5a3 3 0 0 0 3 2.5"/>',
    "appeals": '<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12h5"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "book": '<path d="M5 4h10a4 4 0 0 1 4 4v12H8a3 3 0 0 1-3-3z"/><path d="M5 17a3 3 0 0 1 3-3h11"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "chair": '<circle cx="12" cy="8" r="3.5"/><path d="M5 20a7 7 0 0 1 14 0"/><path d="m16 4 1.5-1.5L19.5 4.5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chevron": '<path d="m9 6 6 6-6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "download": '<path d="M12 4v11m0 0 4-4m-4 4-4-4M5 20h14"/>',
    "forms": '<path d="M4 20V9l8-5 8 5v11"/><path d="M4 20h16M9 20v-6h6v6"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.4 3.5 5.4 3.5 8.5s-1 6.1-3.5 8.5c-2.5-2.4-3.5-5.4-3.5-8.5s1-6.1 3.5-8.5Z"/>',
    "home": '<path d="m3 12 9-8 9 8M6 10v10h12V10M10 20v-5h4v5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>',
    "language": '<path d="M4 5h16v11H9l-5 4z"/>',
    "law": '<path d="M12 4v16M7 20h10M5 8l7-2 7 2M5 8l-2.5 6a3 3 0 0 0 5 0L5 8ZM19 8l-2.5 6a3 3 0 0 0 5 0L19 8Z"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>',
    "meeting": '<path d="M4 19v-1a4 4 0 0 1 4-4h1M20 19v-1a4 4 0 0 0-4-4h-1"/><circle cx="12" cy="12" r="2.6"/><path d="M8 20v-.5A3.5 3.5 0 0 1 11.5 16h1a3.5 3.5 0 0 1 3.5 3.5v.5"/><circle cx="7" cy="8.5" r="2.3"/><circle cx="17" cy="8.5" r="2.3"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "money": '<rect x="3" y="6" width="18" height="13" rx="2"/><path d="M3 10h18M7 15h4"/>',
    "neighbours": '<path d="M4 10v4h3l5 4V6L7 10H4ZM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>',
    "parking": '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M10 17V8h3a2.8 2.8 0 0 1 0 5.6h-3"/>',
    "people": '<circle cx="9" cy="8.5" r="3"/><path d="M3 19a6 6 0 0 1 12 0"/><path d="M15.5 5.8a3 3 0 0 1 0 5.4M17 13.5a6 6 0 0 1 4 5.5"/>',
    "phone": '<path d="M6 3.5h3l1.5 4-2 1.5a11 11 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 5.7 2 2 0 0 1 6 3.5Z"/>',
    "place": '<path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21Z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4v-7h16v7h-3"/><path d="M7 14h10v6H7z"/>',
    "question": '<path d="M4 5h16v11.500H10L5.500 20v-3.500H4z"/><path d="M9.800 9a2.200 2.200 0 1 1 3.200 2c-.7.4-1 .8-1 1.500M12 14.300v.01"/>',
    "repair": '<path d="M14 6a4 4 0 0 1 5.5-2l-3 3 1.5 1.5 3-3A4 4 0 0 1 15.5 11L8 18.5a2.1 2.1 0 0 1-3-3L12.5 8"/>',
    "reports": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/><path d="M9 17v-3M12 17v-5M15 17v-2"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "seat": '<path d="M4 8.5A2.5 2.5 0 0 0 4 13v4h16v-4a2.5 2.5 0 0 1 0-4.5v-4H4z"/><path d="M14 5v11.5"/>',
    "signed": '<path d="M9 13V9.5a3.5 3.5 0 1 1 6 0V13M5 17v-1.5A2.5 2.5 0 0 1 7.5 13h9a2.5 2.5 0 0 1 2.5 2.5V17zM5 20.5h14"/>',
    "share": '<path d="M12 15V4m0 0L8 8m4-4 4 4"/><path d="M6 12v7.500h12V12"/>',
    "siren": '<path d="M7 18v-6a5 5 0 0 1 10 0v6M4.5 20.5h15M7 18h10M12 3.5V2M5 6 4 5M19 6l1-1"/>',
    "stairs": '<path d="M4 20h4v-4h4v-4h4V8h4"/>',
    "user": '<circle cx="12" cy="8" r="3.7"/><path d="M5 20a7 7 0 0 1 14 0"/>',
    "warning": '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17v.01"/>',
}  # fmt: skip


def icon_choices() -> list[tuple[str, str]]:
    """For model fields: a callable, so that a new icon is no migration."""
    return [(name, name) for name in sorted(ICONS)]
