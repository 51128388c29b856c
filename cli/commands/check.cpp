#include "cli/commands/check.hpp"

#include <fmt/format.h>

#include "geo_core/store/store.hpp"

namespace riskbild::cli {

Result<void> Check::operator()(Output& output) const
{
    auto const opened = open_store(store, repair ? Store::Access::read_write : Store::Access::read_only);
    if (!opened)
        return Failure(opened.error());
    auto const report = (*opened)->check(repair);
    if (!report)
        return Failure(report.error());
    auto const is_sound = report->findings.empty();
    server::JsonText json;
    json.object([&] {
        json.field("store", store.string());
        json.field("sound", is_sound);
        json.array("findings", [&] {
            for (auto const& finding : report->findings)
                json.value(finding);
        });
        json.field("reports", report->reports);
        json.field("versions", report->versions);
        json.field("incidents", report->incidents);
        json.field("set_aside", report->set_aside);
        json.field("named_places", report->named_places);
        json.field("figures", report->figures);
    });
    auto text = fmt::format("{}: {} reports in {} versions, {} incidents, {} rows set aside\n",
                            is_sound ? "sound" : "not sound", report->reports, report->versions,
                            report->incidents, report->set_aside);
    for (auto const& finding : report->findings)
        text += fmt::format("- {}\n", finding);
    if (auto const said = output.answer(text, json); !said)
        return said;
    if (is_sound)
        return {};
    // The answer is out already, with every finding; this only decides the exit code.
    return fail(ErrorCode::damaged, {});
}

}  // namespace riskbild::cli
