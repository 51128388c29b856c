#include "server/endpoints/set_aside_json.hpp"

namespace riskbild::server {
namespace {

using What = Settlement::What;

std::string_view name_of(SetAsideState state)
{
    switch (state) {
        case SetAsideState::open:
            return "open";
        case SetAsideState::taken:
            return "taken";
        case SetAsideState::dropped:
            break;
    }
    return "dropped";
}

std::string_view name_of(What what)
{
    switch (what) {
        case What::taken:
            return "taken";
        case What::outside:
            return "outside";
        case What::set_aside:
            return "set_aside";
        case What::dropped:
            break;
    }
    return "dropped";
}

void write_settlement(JsonText& json, Settlement const& settlement)
{
    json.field("what", name_of(settlement.what));
    json.field("by", settlement.by);
    json.field("at", to_text(settlement.at));
    if (settlement.what == What::set_aside) {
        json.field("reason", settlement.reason);
        json.field("column", settlement.column);
        json.field("message", settlement.message);
    }
    if (settlement.report)
        json.object("report", [&] {
            json.field("source", settlement.report->source);
            json.field("source_id", settlement.report->source_id);
        });
}

void write_entry(JsonText& json, SetAsideEntry const& entry)
{
    json.field("id", entry.id);
    json.field("source", entry.row.source);
    json.field("file", entry.row.file);
    json.field("row", entry.row.row);
    json.field("column", entry.row.column);
    json.field("reason", entry.reason());
    json.field("first_reason", entry.row.reason);
    json.field("message", entry.row.message);
    json.field("state", name_of(entry.state));
    if (entry.correction)
        json.object("correction", [&] {
            json.field("by", entry.correction->by);
            json.field("at", to_text(entry.correction->at));
        });
    if (entry.settlement)
        json.object("settlement", [&] { write_settlement(json, *entry.settlement); });
}

void write_counts(JsonText& json, std::string_view name, SetAsideCounts const& counts)
{
    json.array(name, [&] {
        for (auto const& [value, n] : counts)
            json.object([&] {
                json.field("name", value);
                json.field("n", n);
            });
    });
}

}  // namespace

void write_set_aside_page(JsonText& json, SetAsidePage const& page)
{
    json.object([&] {
        json.field("n", page.n);
        json.array("rows", [&] {
            for (auto const& entry : page.entries)
                json.object([&] {
                    write_entry(json, entry);
                    json.field("why_not", importers::why_not_again(entry));
                });
        });
        write_counts(json, "reasons", page.reasons);
        write_counts(json, "sources", page.sources);
        write_counts(json, "files", page.files);
    });
}

void write_desk_row(JsonText& json, importers::DeskRow const& row)
{
    json.object([&] {
        write_entry(json, row.entry);
        json.field("read_by", row.read_by);
        json.field("why_not", row.why_not);
        json.array("columns", [&] {
            for (auto const& column : row.columns)
                json.object([&] {
                    json.field("name", column.name);
                    json.field("received", column.received);
                    if (column.corrected)
                        json.field("corrected", *column.corrected);
                });
        });
    });
}

void write_retry_report(JsonText& json, importers::RetryReport const& report)
{
    json.object([&] {
        json.field("taken", report.taken);
        json.field("outside", report.outside);
        json.field("set_aside", report.set_aside);
        json.array("rows", [&] {
            for (auto const& [id, settlement] : report.rows)
                json.object([&, &id = id, &settlement = settlement] {
                    json.field("id", id);
                    write_settlement(json, settlement);
                });
        });
    });
}

std::optional<SetAsideState> set_aside_state(std::string_view name)
{
    for (auto const state : {SetAsideState::open, SetAsideState::taken, SetAsideState::dropped})
        if (name == name_of(state))
            return state;
    return std::nullopt;
}

std::optional<SetAsideQuery::Order> set_aside_order(std::string_view name)
{
    using Order = SetAsideQuery::Order;
    if (name == "newest")
        return Order::newest;
    if (name == "file")
        return Order::file;
    if (name == "reason")
        return Order::reason;
    return std::nullopt;
}

}  // namespace riskbild::server
