#include "geo_core/store/store_dump.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/incident_table.hpp"
#include "geo_core/store/place_tables.hpp"

namespace riskbild::store {

namespace {

/// As JSON writes a text, so that every record stays on its line.
std::string json_text(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out += '"';
}

std::string hex(Blob bytes)
{
    std::string out;
    for (auto const byte : bytes) {
        out += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
    }
    return out;
}

std::string moment(std::int64_t seconds)
{
    return to_text(Instant{std::chrono::seconds{seconds}});
}

class Dump {
public:
    Dump(Connection& connection, County const& county, std::ostream& out)
        : connection_(connection), county_(county), out_(out)
    {
        for (std::size_t i = 0; i < county.sources.size(); ++i) {
            sources_by_name_.push_back(i);
        }
        std::ranges::sort(sources_by_name_, {}, [&](std::size_t i) { return county.sources[i].name; });
    }

    void county()
    {
        line("profile {}", county_.profile.name);
        for (auto const i : sources_by_name_) {
            auto const& source = county_.sources[i];
            line("source {} rank={}{} title={}", source.name, source.rank, source.made_up ? " made_up" : "",
                 json_text(source.title));
        }
    }

    void reports()
    {
        Statement all(
            connection_,
            "SELECT id, source_key, current_version FROM reports WHERE source_id = ?1 ORDER BY source_key");
        for (auto const i : sources_by_name_) {
            all.query(static_cast<std::int64_t>(i));
            while (all.step()) {
                line("report {} {}", county_.sources[i].name, json_text(all.text(1)));
                versions(all.integer(0), all.integer(2));
            }
        }
    }

    void incidents()
    {
        KindDictionary kinds(connection_, county_.kinds);
        IncidentTable table(connection_, county_, kinds);
        SourceSets sources(county_.sources);
        auto rows = table.all();
        while (auto const row = rows.next()) {
            line(
                "incident {} kind={} from={} to={} precision={} point={} area={} sources={} reports={} "
                "patrol={}",
                row->public_id, row->kind < 0 ? "?" : kinds.code(row->kind), to_text(row->occurred.from),
                to_text(row->occurred.to), name_of(row->precision),
                row->point ? fmt::format("{},{}", row->point->east, row->point->north) : "-",
                row->area == kNoArea ? "-" : county_.areas[row->area].code, sources.text(row->sources),
                row->reports, row->patrol_discovered ? 1 : 0);
            line("  kind_from={} time_from={} place_from={}", key(row->kind_from), key(row->time_from),
                 key(row->place_from));
        }
    }

    void decisions()
    {
        Statement all(
            connection_,
            "SELECT report_a, report_b, together, decided_by, decided_at, reason FROM link_decisions");
        all.query();
        std::vector<std::string> lines;
        while (all.step()) {
            lines.push_back(fmt::format("decision {} {} {} by={} at={} reason={}",
                                        all.integer(2) != 0 ? "must-link" : "cannot-link",
                                        key(all.integer(0)), key(all.integer(1)), json_text(all.text(3)),
                                        all.text(4), json_text(all.text(5))));
        }
        std::ranges::sort(lines);
        for (auto const& text : lines) {
            line("{}", text);
        }
    }

    void set_aside()
    {
        Statement all(connection_,
                      "SELECT source, reason, column_name, message, payload FROM set_aside_rows "
                      "ORDER BY source, reason, payload");
        all.query();
        while (all.step()) {
            line("set-aside {} {} column={} message={} payload={}", all.text(0), all.text(1),
                 json_text(all.text(2)), json_text(all.text(3)), json_text(all.text(4)));
        }
    }

    void set_aside_decisions()
    {
        Statement all(connection_,
                      "SELECT source, payload_hash, state, payload, corrected_by, corrected_at, settled_by, "
                      "settled_at, report_id FROM set_aside_decisions");
        all.query();
        std::vector<std::string> lines;
        while (all.step()) {
            lines.push_back(fmt::format(
                "set-aside-decision {} {} {} as={} corrected_by={} at={} settled_by={} at={} payload={}",
                all.text(0), hex(all.blob(1)), all.text(2), all.is_null(8) ? "-" : key(all.integer(8)),
                json_text(all.text(4)), all.text(5), json_text(all.text(6)), all.text(7),
                json_text(all.text(3))));
        }
        std::ranges::sort(lines);
        for (auto const& text : lines) {
            line("{}", text);
        }
    }

    void places()
    {
        for (auto const& source : read_place_sources(connection_)) {
            line("place-source {} as_of={} title={} attribution={}", source.name, json_text(source.as_of),
                 json_text(source.title), json_text(source.attribution));
        }
        for (auto const* const table : {"named_places", "area_sets", "figures"}) {
            contents(table);
        }
    }

private:
    /// What the hashes are of, in order.
    void contents(char const* table)
    {
        auto texts = read_contents(connection_, county_, table);
        std::ranges::sort(texts);
        for (auto const& text : texts) {
            line("{} {}", table, json_text(text));
        }
    }

    void versions(std::int64_t report, std::int64_t current)
    {
        if (!versions_) {
            versions_ =
                Statement(connection_,
                          "SELECT id, first_seen, last_seen, content_hash, payload FROM report_versions "
                          "WHERE id BETWEEN ?1 AND ?2 ORDER BY last_seen, content_hash");
        }
        versions_.query(version_id(report, 0), version_id(report + 1, -1));
        while (versions_.step()) {
            line("  {} first={} last={} hash={} payload={}",
                 versions_.integer(0) == version_id(report, current) ? "current" : "version",
                 moment(versions_.integer(1)), moment(versions_.integer(2)), hex(versions_.blob(3)),
                 json_text(versions_.text(4)));
        }
    }

    std::string key(std::int64_t report)
    {
        if (!key_) {
            key_ = Statement(connection_, "SELECT source_id, source_key FROM reports WHERE id = ?1");
        }
        key_.query(report);
        if (!key_.step()) {
            return "?";
        }
        auto text = fmt::format("{}:{}", source_at(key_, 0, county_).name, json_text(key_.text(1)));
        key_.reset();
        return text;
    }

    template <class... Values>
    void line(fmt::format_string<Values...> form, Values&&... values)
    {
        fmt::format_to(std::ostreambuf_iterator<char>(out_), form, std::forward<Values>(values)...);
        out_ << '\n';
    }

    Connection& connection_;
    County const& county_;
    std::ostream& out_;
    std::vector<std::size_t> sources_by_name_;
    Statement versions_, key_;
};

}  // namespace

void write_dump(Connection& connection, County const& county, std::ostream& out)
{
    Dump dump(connection, county, out);
    dump.county();
    dump.reports();
    dump.incidents();
    dump.decisions();
    dump.set_aside();
    dump.set_aside_decisions();
    dump.places();
}

}  // namespace riskbild::store
