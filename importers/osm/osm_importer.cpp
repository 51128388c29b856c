#include "importers/osm/osm_importer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/areas/shape_repair.hpp"
#include "importers/osm/osm_extract.hpp"
#include "importers/osm/osm_fields.hpp"
#include "importers/osm/street_merge.hpp"
#include "importers/place_tally.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kSource = "osm";

/// `admin_level` of the borders that are kept: of a län, of a part of a kommun.
constexpr int kHighestLevel = 4;
constexpr int kLowestLevel = 9;

/// Tags of a place that are worth keeping beside its name.
constexpr std::array kKeptTags{"brand", "operator", "opening_hours", "ref", "population"};

std::string attributes_of(OsmObject const& object)
{
    JsonTexts texts;
    for (auto const* const key : kKeptTags)
        texts.add_told(key, object.tag(key));
    return texts.json_if_any();
}

std::string payload_of(OsmObject const& object)
{
    JsonTexts texts;
    texts.add("id", object.id);
    for (auto const& [key, value] : object.tags)
        texts.add(key, value);
    return texts.json();
}

std::int64_t number_of(std::string_view id)
{
    std::int64_t number = 0;
    auto const digits = id.substr(id.find('/') + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

class ExtractImport {
public:
    ExtractImport(County const& county, PlaceTally& tally, std::string source)
        : county_(county), tally_(tally), source_(std::move(source))
    {
    }

    Result<void> take(OsmObject const& object)
    {
        if (object.is_way && is_street(object))
            add_piece(object);
        else if (auto const kind = osm_kind(object))
            if (auto const put = put_kind(object, *kind); !put)
                return put;
        return put_addresses(object);
    }

    static bool wants_boundary(OsmArea const& boundary)
    {
        auto const level = level_of(boundary);
        return level >= kHighestLevel && level <= kLowestLevel && !boundary.tag("name").empty();
    }

    void take_boundary(OsmArea const& boundary)
    {
        auto fixed = repaired(boundary.shape(county_.profile.crs));
        if (!fixed.problem.empty())
            tally_.note(fmt::format("{}: the border of {} was {}: {}", file(), boundary.tag("name"),
                                    fixed.shape.empty() ? "left out" : "repaired", fixed.problem));
        auto const inside = inner_point(fixed.shape);
        if (!inside)
            return;
        auto& set = sets_[level_of(boundary)];
        auto const code = boundary.tag("ref:scb").empty() ? boundary.tag("ref") : boundary.tag("ref:scb");
        SetArea area{.code = std::string{code},
                     .name = std::string{boundary.tag("name")},
                     .area = county_.areas.at(*inside),
                     .shape = std::move(fixed.shape)};
        auto const is_taken = std::ranges::find(set, area.code, &SetArea::code) != set.end();
        if (area.code.empty() || is_taken)
            area.code = boundary.id;
        set.push_back(std::move(area));
    }

    Result<void> finish()
    {
        auto const ways = pieces_.size();
        auto streets = merged_streets(std::move(pieces_));
        tally_.note(fmt::format("{}: {} streets of {} named ways", file(), streets.size(), ways));
        for (auto& street : streets) {
            NamedPlace const place{.source = source_,
                                   .source_key = fmt::format("street:way/{}", street.id),
                                   .sort = PlaceSort::street,
                                   .name = names_[street.name],
                                   .street = names_[street.name],
                                   .area = street.area,
                                   .point = street.midpoint,
                                   .lines = std::move(street.lines)};
            if (auto const put = tally_.put(place, next_row(), "", ""); !put)
                return put;
        }
        for (auto& [level, areas] : sets_) {
            std::ranges::sort(areas, {}, &SetArea::code);
            StoredAreaSet const set{.name = fmt::format("{}_level_{}", source_, level),
                                    .title = fmt::format("OpenStreetMap, admin_level {}", level),
                                    .source = source_,
                                    .generalised = Metres{0.0},
                                    .areas = areas};
            if (auto const put = tally_.put_derived(set); !put)
                return put;
            tally_.note(fmt::format("{}: area set {} of {} areas", file(), set.name, areas.size()));
        }
        return {};
    }

    void set_file(std::string file) { file_ = std::move(file); }

private:
    [[nodiscard]] std::string const& file() const { return file_; }
    std::uint64_t next_row() { return ++row_; }

    static int level_of(OsmArea const& boundary)
    {
        auto const level = boundary.tag("admin_level");
        int number = 0;
        std::from_chars(level.data(), level.data() + level.size(), number);
        return number;
    }

    void add_piece(OsmObject const& way)
    {
        StreetPiece piece{.id = number_of(way.id)};
        for (auto const& stretch : way.lines)
            if (stretch.size() > 1)
                county_.profile.crs.metres(stretch, piece.lines.emplace_back(stretch.size()));
        if (piece.lines.empty())  // it but touches the box
            return tally_.outside();
        auto const& longest = *std::ranges::max_element(piece.lines, {}, &Line::size);
        piece.area = county_.areas.at(longest[longest.size() / 2]);
        std::string const name{trimmed(way.tag("name"))};
        auto const [known, is_new] =
            name_numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
        if (is_new)
            names_.push_back(name);
        piece.name = known->second;
        pieces_.push_back(std::move(piece));
    }

    // Of a building the middle of its box: inside or beside the house, which is what a dot can say.
    static LngLat middle_of(OsmObject const& object)
    {
        auto const first = object.lines.front().front();
        LngLatBox box{first.lng, first.lat, first.lng, first.lat};
        for (auto const& line : object.lines)
            for (auto const& p : line)
                box = {std::min(box.west, p.lng), std::min(box.south, p.lat), std::max(box.east, p.lng),
                       std::max(box.north, p.lat)};
        return {(box.west + box.east) / 2, (box.south + box.north) / 2};
    }

    [[nodiscard]] NamedPlace place_of(OsmObject const& object) const
    {
        auto const point = county_.profile.crs.metres(middle_of(object));
        auto const locality = object.tag("addr:city");
        return {.source = source_,
                .postcode = std::string{trimmed(object.tag("addr:postcode"))},
                .locality = std::string{trimmed(locality)},
                .area = county_.areas.at(point),
                .point = point};
    }

    Result<void> put_kind(OsmObject const& object, OsmKind const& kind)
    {
        auto place = place_of(object);
        place.source_key = object.id;
        place.sort = kind.sort;
        place.kind = kind.kind;
        place.name = trimmed(object.tag("name"));
        place.street = trimmed(object.tag("addr:street"));
        place.house_number = trimmed(object.tag("addr:housenumber"));
        place.attributes = attributes_of(object);
        return tally_.put(place, next_row(), "id", payload_of(object));
    }

    Result<void> put_addresses(OsmObject const& object)
    {
        auto const numbers = house_numbers(object);
        if (numbers.empty())
            return {};
        auto const street = street_of(object);
        if (street.empty())
            return tally_.set_aside(
                next_row(),
                {.column = "addr:street",
                 .reason = "no_street",
                 .message = fmt::format("{} has the house number {} of no street, expected addr:street "
                                        "or addr:place",
                                        object.id, shortened(numbers.front())),
                 .payload = payload_of(object)});
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            auto place = place_of(object);
            place.source_key =
                fmt::format("address:{}{}", object.id, i == 0 ? "" : fmt::format("#{}", i + 1));
            place.sort = PlaceSort::address;
            place.name = fmt::format("{} {}", street, numbers[i]);
            place.street = street;
            place.house_number = numbers[i];
            if (auto const put = tally_.put(place, next_row(), "id", payload_of(object)); !put)
                return put;
        }
        return {};
    }

    County const& county_;
    PlaceTally& tally_;
    std::string source_, file_;
    std::uint64_t row_ = 0;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> name_numbers_;
    std::vector<StreetPiece> pieces_;
    std::map<int, std::vector<SetArea>> sets_;
};

}  // namespace

Result<ImportReport> import_osm(Store& store, std::string const& path, PlaceOptions const& options)
{
    auto const file = std::filesystem::path{path}.filename().string();
    auto const source = options.source_name.empty() ? std::string{kSource} : options.source_name;
    auto session = store.begin_places({.name = source,
                                       .title = "OpenStreetMap",
                                       .attribution = "© OpenStreetMap contributors, ODbL",
                                       .as_of = "",
                                       .replaces_most = options.replace},
                                      file);
    if (!session)
        return Failure{session.error()};
    PlaceTally tally{**session, source, file};
    auto const county = store.county();
    ExtractImport import{*county, tally, source};
    import.set_file(file);
    auto const summary = read_osm(path, {.box = county->profile.accepted_box,
                                         .wants = is_of_interest,
                                         .take = [&](OsmObject const& object) { return import.take(object); },
                                         .wants_area = ExtractImport::wants_boundary,
                                         .take_area =
                                             [&](OsmArea const& area) {
                                                 import.take_boundary(area);
                                                 return Result<void>{};
                                             },
                                         .progress = options.progress});
    if (!summary)
        return Failure{summary.error()};
    if (auto const finished = import.finish(); !finished)
        return Failure{finished.error()};
    for (std::uint64_t i = 0; i < summary->beyond; ++i)
        tally.outside();
    tally.note(fmt::format("{}: {} nodes ({} in the county's box), {} ways, {} relations{}", file,
                           summary->nodes, summary->nodes_in_box, summary->ways, summary->relations,
                           summary->as_of.empty() ? "" : ", as of " + summary->as_of));
    if (summary->not_closed > 0)
        tally.note(fmt::format(
            "{}: administrative borders of level {} to {} that the extract does not have whole: {} of {}",
            file, kHighestLevel, kLowestLevel, summary->not_closed, summary->boundaries));
    if (summary->nodes_in_box == 0)
        tally.note(fmt::format("{}: nothing of it lies in the county's box: is it the right extract?", file));
    return tally.finish();
}

}  // namespace riskbild::importers
