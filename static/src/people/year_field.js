import { registry } from "@web/core/registry";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/** A year: no thousands separator, and nothing at all where it is not known. */
export class YearField extends IntegerField {
    get formattedValue() {
        return this.value ? String(this.value) : "";
    }
}

registry.category("fields").add("hub_year", {
    ...integerField,
    component: YearField,
});
