"""Blocks that carry a file of our own. Nothing is loaded from a third party."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock


class ImageBlock(StructBlock):
    image = WagtailImageBlock(label=_("Image"))
    caption = CharBlock(max_length=200, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with a description for those who cannot see it")
        template = "blocks/image.html"
        preview_value = {"image": None, "caption": "Сауалнама парағы"}


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(max_length=200, required=False, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download; its kind and size are shown before")
        template = "blocks/document.html"
        preview_value = {"document": None, "title": "Хаттама үлгісі"}
