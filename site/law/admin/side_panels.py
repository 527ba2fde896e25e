"""Panels beside the editor of a page that leans on the law: each subject registers its own.

Wagtail has no hook for side panels; a page type's own edit view is its way. `law.admin.columns` has the viewset.
"""

from __future__ import annotations

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView


class LawSidePanel(BaseSidePanel):
    """A panel of a page that is saved already; `is_shown` says who sees it."""

    def is_shown(self) -> bool:
        return True


_panels: list[type[LawSidePanel]] = []


def register(panel: type[LawSidePanel]) -> type[LawSidePanel]:
    """Adds a panel to the editor of every page that leans on the law. A decorator."""
    _panels.append(panel)
    return panel


class LawEditView(EditView):
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response or self.hydrate_create_view:  # an answer to autosave replaces none of ours
            return panels
        own = (panel(self.page, self.request) for panel in _panels)
        return MediaContainer([*panels, *(panel for panel in own if panel.is_shown())])
