#include "server/endpoints/quality_json.hpp"

#include "geo_core/precision.hpp"
#include "server/endpoints/api_json.hpp"

namespace riskbild::server {
namespace {

using layers::QualityReport;
using layers::SourceQuality;

void write_imports(JsonText& json, ImportSums const& imports)
{
    if (imports.files == 0)
        return;
    json.object("imports", [&] {
        json.field("files", imports.files);
        json.field("last", to_text(imports.last));
        json.field("last_file", imports.last_file);
        json.field("read", imports.read);
        json.field("new", imports.new_);
        json.field("revised", imports.revised);
        json.field("unchanged", imports.unchanged);
        json.field("outside", imports.outside);
        json.field("set_aside", imports.set_aside);
        json.field("context", imports.context);
    });
}

void write_precisions(JsonText& json, SourceQuality const& quality)
{
    json.object("precision", [&] {
        for (std::size_t i = 0; i < layers::kPrecisions; ++i)
            json.field(name_of(static_cast<Precision>(i)), quality.precision[i]);
    });
}

void write_levels(JsonText& json, SourceQuality const& quality)
{
    json.array("levels", [&] {
        for (auto const& level : quality.levels)
            json.object([&] {
                json.field("from", to_text(level.first));
                json.field("to", to_text(level.last));
                json.field("per_week", level.per_week);
            });
    });
}

void write_silences(JsonText& json, SourceQuality const& quality)
{
    json.array("silences", [&] {
        for (auto const& silence : quality.silences)
            json.object([&] {
                json.field("from", to_text(silence.first));
                json.field("days", silence.days);
                json.field("expected", silence.expected);
            });
    });
}

void write_police(JsonText& json, SourceQuality const& quality)
{
    if (!quality.police_share)
        return;
    json.object("known_to_police", [&] {
        json.field("n", quality.known_to_police);
        json.field("share",
                   static_cast<double>(quality.known_to_police) / static_cast<double>(quality.incidents));
        json.field("low", quality.police_share->low);
        json.field("high", quality.police_share->high);
    });
}

void write_source(JsonText& json, QualityReport::OfSource const& of)
{
    auto const& quality = of.quality;
    json.field("name", of.source.name);
    json.field("title", of.source.title);
    json.field("made_up", of.source.made_up);
    json.field("incidents", quality.incidents);
    json.field("merged", quality.merged);
    if (quality.period)
        write_period(json, "period", *quality.period);
    write_imports(json, of.imports);
    json.field("set_aside", of.set_aside);
    json.array("reasons", [&] {
        for (auto const& [reason, n] : of.reasons)
            json.object([&] {
                json.field("name", reason);
                json.field("n", n);
            });
    });
    write_precisions(json, quality);
    json.field("silent_days", quality.silent_days);
    json.field("unlikely_from_days", quality.unlikely_from_days);
    json.field("is_silent", quality.is_silent());
    json.field("dispersion", quality.dispersion);
    write_levels(json, quality);
    write_silences(json, quality);
    write_police(json, quality);
}

void write_places(JsonText& json, std::vector<QualityReport::OfPlaces> const& places)
{
    json.array("places", [&] {
        for (auto const& of : places)
            json.object([&] {
                json.field("name", of.source.name);
                json.field("title", of.source.title);
                json.field("as_of", of.source.as_of);
                json.field("doubted", of.doubted);
                json.array("first", [&] {
                    for (auto const& place : of.first)
                        json.object([&] {
                            json.field("sort", name_of(place.sort));
                            json.field("name", place.name);
                            json.field("doubt", place.doubt);
                        });
                });
            });
    });
}

}  // namespace

void write_quality(JsonText& json, QualityReport const& report)
{
    json.object([&] {
        json.field("today", to_text(report.today));
        json.field("revision", report.revision.value());
        json.array("sources", [&] {
            for (auto const& of : report.sources)
                json.object([&] { write_source(json, of); });
        });
        write_places(json, report.places);
        json.array("coarse_areas", [&] {
            for (auto const& coarse : report.coarse)
                json.object([&] {
                    json.field("title", coarse.title);
                    json.field("generalised_m", coarse.generalised.value());
                });
        });
    });
}

}  // namespace riskbild::server
