"""The «provision» feature of the rich-text editor: a button that opens the chooser of provisions."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from law.acts import Provision
from law.inline import ProvisionLinkHandler, pk_of

FEATURE = "provision"
ENTITY = "PROVISION"


class ProvisionElementHandler(LinkElementHandler):
    """From the database to the editor: the link keeps its number, and is shown with the provision's name."""

    def get_attribute_data(self, attrs: dict) -> dict:
        pk = pk_of(attrs)
        provision = Provision.objects.filter(pk=pk).first() if pk is not None else None
        return {"id": pk, "name": str(provision) if provision else None}


def provision_entity(props: dict):
    """From the editor to the database: a number and nothing else; a crafted entity leaves its words."""
    pk = pk_of(props)
    if pk is None:
        words = DOM.create_element()
        DOM.append_child(words, props["children"])
        return words
    return DOM.create_element("a", {"linktype": FEATURE, "id": str(pk)}, props["children"])


@hooks.register("register_rich_text_features")
def register_provision_feature(features) -> None:
    features.register_link_type(ProvisionLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": _("Provision"),
                "attributes": ["id", "name"],
                "chooserUrls": {"provisionChooser": reverse_lazy("wagtailsnippetchoosers_law_provision:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/admin/provision-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {f'a[linktype="{FEATURE}"]': ProvisionElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: provision_entity}},
        },
    )
