#include "layers/quality/quality_report.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "geo_core/suggestions.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kListedDoubts = 100;

Result<void> add_sources(Store& store, View const& view, std::string const& wanted, QualityReport& report)
{
    auto const sums = store.import_sums();
    if (!sums)
        return Failure(sums.error());
    auto const& sources = view.county().sources;
    auto qualities = source_quality(view, report.today);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!wanted.empty() && sources[i].name != wanted)
            continue;
        QualityReport::OfSource of{.source = sources[i], .quality = std::move(qualities[i])};
        if (auto const known = std::ranges::find(*sums, sources[i].name, &ImportSums::source);
            known != sums->end())
            of.imports = *known;
        auto const waiting = store.set_aside_page({.source = sources[i].name, .limit = 0});
        if (!waiting)
            return Failure(waiting.error());
        of.set_aside = waiting->n;
        of.reasons = waiting->reasons;
        report.sources.push_back(std::move(of));
    }
    return {};
}

Result<void> add_places(Store& store, std::string const& wanted, QualityReport& report)
{
    auto const sources = store.place_sources();
    if (!sources)
        return Failure(sources.error());
    std::map<std::string, QualityReport::OfPlaces> by_name;
    for (auto const& source : *sources)
        if (wanted.empty() || source.name == wanted)
            by_name[source.name].source = source;
    auto const read = store.each_named_place([&](NamedPlace const& place) {
        auto const of = place.doubt.empty() ? by_name.end() : by_name.find(place.source);
        if (of == by_name.end())
            return;
        ++of->second.doubted;
        of->second.first.push_back({place.sort, place.name, place.doubt});
    });
    if (!read)
        return read;
    for (auto& [name, of] : by_name) {
        std::ranges::sort(of.first, {},
                          [](DoubtedPlace const& place) { return std::tie(place.name, place.doubt); });
        of.first.resize(std::min(kListedDoubts, of.first.size()));
        report.places.push_back(std::move(of));
    }
    return {};
}

Result<void> add_coarse_areas(Store& store, View const& view, QualityReport& report)
{
    auto const& own = view.county().areas;
    if (own.generalised() > kCoarseFrom)
        report.coarse.push_back({own.title(), own.generalised()});
    auto const sets = store.area_sets(false);
    if (!sets)
        return Failure(sets.error());
    for (auto const& set : *sets)
        if (set.generalised && *set.generalised > kCoarseFrom)
            report.coarse.push_back({set.title, *set.generalised});
    return {};
}

}  // namespace

Result<QualityReport> quality_report(Store& store, View const& view, LocalDate today,
                                     std::string const& source)
{
    if (!view.policy().single_incidents)
        return fail(ErrorCode::forbidden, "the quality of sources is not shown in this view");
    QualityReport report{.today = today, .revision = view.revision()};
    if (auto const added = add_sources(store, view, source, report); !added)
        return Failure(added.error());
    if (auto const added = add_places(store, source, report); !added)
        return Failure(added.error());
    if (!source.empty() && report.sources.empty() && report.places.empty()) {
        std::vector<std::string> names;
        for (auto const& one : view.county().sources)
            names.push_back(one.name);
        auto unknown = unknown_source(source, names);
        return fail(ErrorCode::not_found, unknown.message, "source");
    }
    if (source.empty())
        if (auto const added = add_coarse_areas(store, view, report); !added)
            return Failure(added.error());
    return report;
}

}  // namespace riskbild::layers
