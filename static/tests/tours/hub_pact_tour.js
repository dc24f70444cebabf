import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hub_pact_tour", {
    steps: () => [
        {
            content: "the checklist says that only signatures are missing",
            trigger: ".alert [name='checklist'] li:last-child .text-warning",
        },
        {
            content: "print before signing",
            trigger: "button[name='action_print']",
            run: "click",
        },
        {
            content: "send to signature",
            // waits until the document has been downloaded
            trigger:
                "body:not(:has(.o_blockUI)) .o_statusbar_buttons button[name='action_to_sign']:enabled",
            run: "click",
            timeout: 60000,
        },
        {
            content: "record what was signed on paper",
            trigger: ".o_statusbar_buttons button[name='action_record_signatures']",
            run: "click",
        },
        {
            content: "both parties are proposed",
            trigger: ".modal [name='party_ids'] .o_tag:nth-child(2)",
        },
        {
            content: "record",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "all signed: the pact is in force",
            trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value='in_force']",
        },
        {
            content: "the text is closed",
            trigger: ".o_field_widget[name='name'].o_readonly_modifier",
        },
    ],
});
