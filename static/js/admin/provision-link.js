// A citation in the text of the editor: the chooser of provisions, and the link it leaves.
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { createElement } = window.React;
  const { Icon } = window.wagtail.components;

  class ProvisionSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.provisionChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData({ id, string }) {
      return { id, name: string };
    }

    // With nothing selected the reference itself is written, in the language of the text and not of the editor.
    onChosen(data) {
      const language = window.wagtailConfig?.ACTIVE_CONTENT_LOCALE || document.documentElement.lang;
      super.onChosen({ ...data, title: data.short[language] || data.short.ru });
    }
  }

  const ProvisionLink = (props) => {
    const { name } = props.contentState.getEntity(props.entityKey).getData();
    return createElement(TooltipEntity, { ...props, icon: createElement(Icon, { name: name ? "openquote" : "warning" }), label: name || "?", url: "" });
  };

  registerPlugin({ type: "PROVISION", source: ProvisionSource, decorator: ProvisionLink }, "entityTypes");
})();
