#include "cli/commands/quality.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "geo_core/precision.hpp"
#include "geo_core/store/store.hpp"
#include "layers/quality/quality_report.hpp"
#include "server/endpoints/quality_json.hpp"

namespace riskbild::cli {
namespace {

using layers::QualityReport;
using layers::SourceQuality;

Result<LocalDate> day_of(std::string const& text, County const& county)
{
    if (text.empty()) {
        auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return date::floor<date::days>(county.profile.zone.local(now));
    }
    auto const day = parse_date(text);
    if (!day)
        return fail(ErrorCode::wrong_use,
                    fmt::format("--today is \"{}\", expected a date such as 2025-01-31", one_line(text)),
                    "today");
    return *day;
}

std::string days_text(std::int32_t days)
{
    return fmt::format("{} {}", days, days == 1 ? "day" : "days");
}

std::string freshness(SourceQuality const& quality)
{
    auto const last = to_text(quality.period->to - date::days(1));
    if (quality.unlikely_from_days == 0)
        return fmt::format("last incident {}, {} without one since", last, days_text(quality.silent_days));
    return fmt::format("last incident {}, silent for {} ({} would be unlikely){}", last,
                       days_text(quality.silent_days), days_text(quality.unlikely_from_days),
                       quality.is_silent() ? ": SILENT" : "");
}

std::string imports_text(ImportSums const& imports)
{
    if (imports.files == 0)
        return "no import is noted";
    return fmt::format(
        "of {} {}: read {}, kept {} ({} new, {} revised), unchanged {}, outside {}, set aside {}; the last "
        "was {} at {}",
        imports.files, imports.files == 1 ? "file" : "files together", imports.read,
        imports.new_ + imports.revised, imports.new_, imports.revised, imports.unchanged, imports.outside,
        imports.set_aside, one_line(imports.last_file), to_text(imports.last));
}

std::string precisions_text(SourceQuality const& quality)
{
    std::string text;
    for (std::size_t i = 0; i < layers::kPrecisions; ++i)
        if (quality.precision[i] > 0)
            text += fmt::format(
                "{}{} {:.1f} %", text.empty() ? "" : ", ", name_of(static_cast<Precision>(i)),
                100.0 * static_cast<double>(quality.precision[i]) / static_cast<double>(quality.incidents));
    return text;
}

std::string text_of(QualityReport::OfSource const& of)
{
    constexpr std::size_t kMostShown = 10;
    auto const& quality = of.quality;
    auto text = fmt::format("{} ({}){}\n", of.source.name, one_line(of.source.title),
                            of.source.made_up ? ", made up" : "");
    text += fmt::format("  imports: {}\n", imports_text(of.imports));
    if (of.set_aside > 0) {
        text += fmt::format("  on the desk: {} rows", of.set_aside);
        for (auto const& [reason, n] : of.reasons)
            text += fmt::format(", {} {}", n, reason);
        text += '\n';
    }
    if (quality.incidents == 0)
        return text + "  no incidents\n";
    text += fmt::format("  incidents: {}, {} told by several reports, {} to {}\n", quality.incidents,
                        quality.merged, to_text(quality.period->from),
                        to_text(quality.period->to - date::days(1)));
    text += fmt::format("  freshness: {}\n", freshness(quality));
    text += fmt::format("  places: {}\n", precisions_text(quality));
    if (quality.police_share)
        text += fmt::format(
            "  known to the police: {} ({:.1f} %, {:.1f} to {:.1f} %)\n", quality.known_to_police,
            100.0 * static_cast<double>(quality.known_to_police) / static_cast<double>(quality.incidents),
            100.0 * quality.police_share->low, 100.0 * quality.police_share->high);
    for (std::size_t i = 1; i < quality.levels.size(); ++i)
        text += fmt::format("  volume changed {}: from {:.1f} to {:.1f} a week\n",
                            to_text(quality.levels[i].first), quality.levels[i - 1].per_week,
                            quality.levels[i].per_week);
    for (std::size_t i = 0; i < std::min(kMostShown, quality.silences.size()); ++i)
        text += fmt::format("  nothing from {} for {}\n", to_text(quality.silences[i].first),
                            days_text(quality.silences[i].days));
    if (quality.silences.size() > kMostShown)
        text += fmt::format("  … and {} more such gaps\n", quality.silences.size() - kMostShown);
    return text;
}

std::string text_of(QualityReport const& report)
{
    std::string text;
    for (auto const& of : report.sources)
        text += text_of(of);
    for (auto const& of : report.places) {
        text += fmt::format("{} ({}): {} named places contradict themselves\n", of.source.name,
                            one_line(of.source.title), of.doubted);
        for (auto const& place : of.first)
            text += fmt::format("  {} {}: {}\n", name_of(place.sort), one_line(place.name),
                                one_line(place.doubt));
    }
    for (auto const& coarse : report.coarse)
        text += fmt::format("the borders of {} may lie {:.0f} m from the true ones\n", one_line(coarse.title),
                            coarse.generalised.value());
    return text.empty() ? "there is no source yet\n" : text;
}

}  // namespace

Result<void> Quality::operator()(Output& output) const
{
    auto const opened = open_store(store, Store::Access::read_only);
    if (!opened)
        return Failure{opened.error()};
    auto const day = day_of(today, *(*opened)->county());
    if (!day)
        return Failure{day.error()};
    auto snapshot = (*opened)->snapshot();
    if (!snapshot)
        return Failure{snapshot.error()};
    View const view(*std::move(snapshot), Role::analyst);
    auto const report = layers::quality_report(**opened, view, *day, source);
    if (!report)
        return Failure{report.error()};
    server::JsonText json;
    server::write_quality(json, *report);
    return output.answer(text_of(*report), json);
}

}  // namespace riskbild::cli
