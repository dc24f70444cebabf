import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Downloads the hub's own documents at once: the web client would first ask whether
 * wkhtmltopdf is installed, which these documents do not need.
 */
async function printHubDocument(action, options, env) {
    if (!action.hub_engine || action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block({ message: _t("Preparing the document...") });
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("solidarity_hub", printHubDocument);
