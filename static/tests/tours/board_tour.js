import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const patient = (steps) => steps.map((step) => ({timeout: 60000, ...step}));
const tab = (name) => ({trigger: `.o_notebook .nav-link[name=${name}]`, run: "click"});
const seat = (name) => `.o_field_widget[name=presence_ids] .o_data_row:contains(${name})`;
const confirm = {trigger: ".modal .modal-footer .btn-primary", run: "click"};

/** Give a proxy in the list of people. */
function proxy(giver, holder) {
    return [
        {trigger: `${seat(giver)} td[name=proxy_to_id]`, run: "click"},
        {
            trigger: ".o_selected_row td[name=proxy_to_id] input",
            run: `edit ${holder}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item:not(:has(.fa-spin)):contains(${holder})`,
            run: "click",
        },
    ];
}

const save = [
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible"},
];

/** From the plan of a meeting to a quorum reached by one. */
tours.add("hub_board_convene", {
    steps: () =>
        patient([
            {
                content: "A new meeting of the board",
                trigger: ".o_list_view .o_list_button_add",
                run: "click",
            },
            {trigger: ".o_field_widget[name=body_id] input", run: "edit Board"},
            {
                trigger: ".o-autocomplete--dropdown-item:contains(Board)",
                run: "click",
            },
            {trigger: ".o_field_widget[name=date] button, .o_field_widget[name=date] input", run: "click"},
            {trigger: ".o_field_widget[name=date] input", run: "edit +20d && press Enter"},
            {trigger: ".o_field_widget[name=place] input", run: "edit Maison des associations"},
            {
                content: "One item on the agenda",
                trigger: ".o_field_widget[name=agenda_item_ids] .o_field_x2many_list_row_add a",
                run: "click",
            },
            {
                trigger: ".o_field_widget[name=agenda_item_ids] .o_selected_row td[name=name] input",
                run: "edit A fund for first purchases",
            },
            {
                content: "Everybody is convened",
                trigger: ".o_statusbar_buttons button[name=action_convene]",
                run: "click",
            },
            {trigger: ".o_arrow_button_current[data-value=convened]"},
            {trigger: ".alert:contains(Announced: 0 of 15)"},

            {content: "Two proxies", ...tab("people")},
            ...proxy("Funders 3", "Qualified 1"),
            ...save,
            {trigger: `${seat("Funders 3")} td[name=state]:contains(Represented)`},
            ...proxy("Employees 2", "Qualified 2"),
            ...save,
            {trigger: `${seat("Employees 2")} td[name=state]:contains(Represented)`},
            {
                content: "Volunteers 3 will not be there",
                trigger: `${seat("Volunteers 3")} button[name=action_not_coming]`,
                run: "click",
            },
            {trigger: `${seat("Volunteers 3")} td[name=state]:contains(Excused)`},
            ...proxy("Funders 2", "Volunteers 3"),
            {trigger: ".o_form_button_save", run: "click"},
            {
                content: "and holds no proxy",
                trigger: ".modal:contains(Volunteers 3 will not be there)",
            },
            {trigger: ".modal .modal-footer .btn-primary", run: "click"},
            {trigger: ".o_form_button_cancel", run: "click"},
            {trigger: `${seat("Funders 2")} td[name=state]:contains(Expected)`},

            {
                content: "The meeting begins",
                trigger: ".o_statusbar_buttons button[name=action_open]",
                run: "click",
            },
            ...["Qualified 1", "Qualified 2", "Qualified 3", "Holders 1", "Volunteers 1"].flatMap(
                (name) => [
                    {trigger: `${seat(name)} button[name=action_present]`, run: "click"},
                    {trigger: `${seat(name)} td[name=state]:contains(Present)`},
                ]
            ),
            {trigger: ".alert-warning:contains(Quorum not reached (7, needed: 8))"},
            {
                content: "The quorum is reached by one",
                trigger: `${seat("Employees 1")} button[name=action_present]`,
                run: "click",
            },
            {trigger: ".alert-success:contains(Quorum reached (8, needed: 8))"},
        ]),
});

const vote = (name, choice) => [
    {
        trigger: `.o_field_widget[name=waiting_ids] .o_data_row:has(td[name=name]:contains(${name})) button[name=action_vote_${choice}]`,
        run: "click",
    },
    {
        trigger: `.o_field_widget[name=ballot_ids] .o_data_row:contains(${name}) td[name=choice] .badge`,
    },
];

const resolution = (name) => [
    tab("resolutions"),
    {
        trigger: `.o_field_widget[name=resolution_ids] .o_data_row:contains(${name}) .o_list_record_open_form_view button`,
        run: "click",
    },
    {trigger: `.o_form_view .o_last_breadcrumb_item:contains(${name}), .o_form_view .o_breadcrumb:contains(${name})`},
    {trigger: ".o_statusbar_buttons button[name=action_open_vote]", run: "click"},
    {trigger: ".o_arrow_button_current[data-value=open]"},
    tab("votes"),
];

const total = (college, name, number) => [
    {
        trigger: `.o_field_widget[name=line_ids] .o_data_row:contains(${college}) td[name=${name}]`,
        run: "click",
    },
    {
        trigger: `.o_field_widget[name=line_ids] .o_selected_row td[name=${name}] input`,
        run: `edit ${number}`,
    },
];

const totals = [
    ...total("Qualified", "votes_for", 2),
    ...total("Qualified", "votes_against", 1),
    ...total("Project holders", "votes_for", 1),
    ...total("Volunteers", "votes_against", 1),
    ...total("Employees", "votes_for", 2),
    ...total("Funders", "votes_against", 1),
];

const close = (words) => [
    {trigger: ".o_statusbar_buttons button[name=action_close_vote]", run: "click"},
    confirm,
    {trigger: ".o_arrow_button_current[data-value=closed]"},
    {trigger: `.alert:contains(${words})`},
    {trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a:last", run: "click"},
    {trigger: ".o_field_widget[name=resolution_ids], .o_notebook .nav-link[name=resolutions]"},
];

/** Three resolutions by three methods, then the minutes. */
tours.add("hub_board_votes", {
    steps: () =>
        patient([
            ...resolution("By heads"),
            ...vote("Qualified 1", "for"),
            ...vote("Qualified 2", "for"),
            ...vote("Qualified 3", "against"),
            ...vote("Holders 1", "for"),
            ...vote("Volunteers 1", "against"),
            ...vote("Employees 1", "for"),
            ...vote("Employees 2", "for"),
            ...vote("Funders 3", "against"),
            ...close("Adopted: 5 for, 3 against, no abstention; 62.5%"),
            ...resolution("In proportion"),
            ...totals,
            ...close("50% for, more than half needed; exactly half is not enough"),
            ...resolution("As a block"),
            ...totals,
            ...close("Adopted: 5 for, 3 against, no abstention; counting each college as a block by its weight, 55%"),

            {
                content: "The meeting is over",
                trigger: ".o_statusbar_buttons button[name=action_close]",
                run: "click",
            },
            confirm,
            {trigger: ".o_arrow_button_current[data-value=held]"},
            {
                content: "The minutes write themselves",
                trigger: ".o_statusbar_buttons button[name=action_write_minutes]",
                run: "click",
            },
            {trigger: ".o_field_widget[name=body]:contains(Adopted: 5 for, 3 against)"},
            {trigger: ".o_statusbar_buttons button[name=action_ready]", run: "click"},
            {trigger: ".o_arrow_button_current[data-value=ready]"},
            {
                trigger: ".o_field_widget[name=approval_note] input",
                run: "edit By all members, in writing",
            },
            {trigger: ".o_statusbar_buttons button[name=action_approve]", run: "click"},
            confirm,
            {
                content: "Approved, and frozen",
                trigger: ".o_arrow_button_current[data-value=approved]",
            },
            {trigger: ".o_field_widget[name=frozen_hash]"},
            {trigger: ".o_field_widget[name=body].o_readonly_modifier"},
        ]),
});

/** A board member on a tablet: coming, a proxy held, one vote for each. */
tours.add("hub_board_member", {
    steps: () =>
        patient([
            {trigger: ".o_form_view h1:contains(Board)"},
            {trigger: "div[name=proxies]:contains(Employees 2)"},
            {
                trigger: "div[name=votes] .o_kanban_record:contains(Sign the lease) button:contains(Vote now)",
                run: "click",
            },
            {
                trigger: "div[name=my_votes] .o_data_row:contains(Funders 1) button[name=action_vote_for]",
                run: "click",
            },
            {
                trigger: "div[name=my_votes] .o_data_row:not(:contains(Funders 1)):contains(Employees 2) button[name=action_vote_against]",
                run: "click",
            },
            {trigger: ".o_form_view:not(:has(div[name=my_votes]:visible))"},
        ]),
});
