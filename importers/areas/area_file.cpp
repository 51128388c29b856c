#include "importers/areas/area_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"
#include "importers/areas/shape_repair.hpp"
#include "importers/osm/osm_extract.hpp"
#include "importers/place_tally.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/polygon_file.hpp"

namespace riskbild::importers {
namespace {

constexpr std::array<std::string_view, 18> kCodeFields{
    "kommunkod",    "kommun_kod", "kommun_code", "regsokod", "regso_kod", "regsokod2018",
    "regsokod2020", "desokod",    "deso_kod",    "deso",     "lankod",    "lan_kod",
    "knkod",        "kod",        "code",        "ref:scb",  "ref",       "id"};
constexpr std::array<std::string_view, 14> kNameFields{
    "kommunnamn", "kommun_namn", "kommun",   "regsonamn", "regso_namn", "regso_name", "regso",
    "knnamn",     "lan_namn",    "stadsdel", "område",    "namn",       "name",       "title"};
constexpr int kKommunLevel = 7;
constexpr double kToldOverlap = 10'000.0;  // square metres; less is a slip along a border
constexpr std::size_t kToldOneByOne = 20;
constexpr std::size_t kFewestVertices = 20;

std::optional<std::string> field_named(std::vector<std::string> const& fields,
                                       std::span<std::string_view const> known, std::string_view part,
                                       std::string_view other_part)
{
    for (auto const name : known)
        for (auto const& field : fields)
            if (lower_case(field) == name)
                return field;
    for (auto const& field : fields)
        if (auto const lower = lower_case(field);
            lower.find(part) != std::string::npos || lower.find(other_part) != std::string::npos)
            return field;
    return std::nullopt;
}

// The field called like the set: `precinct` of the set `precinct` or `precincts`.
std::optional<std::string> field_called_like(std::string const& set, std::vector<std::string> const& fields)
{
    for (auto const& field : fields)
        if (auto const lower = lower_case(field); !set.empty() && (lower == set || lower + "s" == set))
            return field;
    return std::nullopt;
}

Result<std::optional<std::string>> told_or_found(std::string const& told,
                                                 std::vector<std::string> const& fields,
                                                 std::string const& file, std::string_view option,
                                                 std::optional<std::string> found)
{
    if (told.empty())
        return found;
    if (std::ranges::find(fields, told) != fields.end())
        return std::optional{told};
    return fail(ErrorCode::wrong_use,
                fmt::format("{} has no field {}; it has {}", file, told, fmt::join(fields, ", ")),
                std::string{option});
}

std::string payload_of(PolygonFeature const& feature)
{
    JsonTexts texts;
    for (auto const& [name, value] : feature.fields)
        texts.add(name, value);
    return texts.json();
}

/// Areas as they come, those of one code together.
class Collector {
public:
    Collector(AreaFile& file, std::string name) : file_(file), name_(std::move(name)) {}

    void add(std::string code, std::string name, MultiPolygon shape)
    {
        auto const [known, is_new] = by_code_.try_emplace(code);
        auto& area = known->second;
        if (is_new)
            area = {.code = std::move(code), .name = std::move(name)};
        std::ranges::move(shape, std::back_inserter(area.shape));
    }

    void finish(AreaSet const* own)
    {
        for (auto& [code, area] : by_code_) {
            if (!area.shape.empty())
                repair(area);
            if (own != nullptr)
                area.area = area_within(area, *own);
            file_.areas.push_back(std::move(area));
        }
        tell_overlaps();
        if (repaired_ > kToldOneByOne)
            file_.notes.push_back(
                fmt::format("{}: and {} more borders repaired", name_, repaired_ - kToldOneByOne));
    }

private:
    void repair(SetArea& area)
    {
        auto fixed = repaired(area.shape);
        if (!fixed.problem.empty() && repaired_++ < kToldOneByOne)
            file_.notes.push_back(fmt::format("{}: the border of {} was {}: {}", name_, area.name,
                                              fixed.shape.empty() ? "left out" : "repaired", fixed.problem));
        area.shape = std::move(fixed.shape);
    }

    static AreaId area_within(SetArea const& area, AreaSet const& own)
    {
        if (auto const inside = inner_point(area.shape))
            if (auto const found = own.at(*inside); found != kNoArea)
                return found;
        return own_area_of(area.code, area.name, own);
    }

    void tell_overlaps()
    {
        std::vector<MapBox> boxes;
        for (auto const& area : file_.areas)
            boxes.push_back(bounds_of(area.shape));
        std::size_t overlaps = 0;
        for (std::size_t i = 0; i < boxes.size(); ++i)
            for (std::size_t j = i + 1; j < boxes.size(); ++j) {
                if (!do_boxes_meet(boxes[i], boxes[j]))
                    continue;
                auto const common = common_square_metres(file_.areas[i].shape, file_.areas[j].shape);
                if (common > kToldOverlap && overlaps++ < kToldOneByOne)
                    file_.notes.push_back(
                        fmt::format("{}: {} and {} overlap by {:.2f} km²; a place there counts "
                                    "in the first",
                                    name_, file_.areas[i].name, file_.areas[j].name, common / 1e6));
            }
        if (overlaps > kToldOneByOne)
            file_.notes.push_back(
                fmt::format("{}: and {} more pairs overlap", name_, overlaps - kToldOneByOne));
    }

    static bool do_boxes_meet(MapBox const& a, MapBox const& b)
    {
        return a.min.east < b.max.east && b.min.east < a.max.east && a.min.north < b.max.north &&
               b.min.north < a.max.north;
    }

    AreaFile& file_;
    std::string name_;
    std::map<std::string, SetArea> by_code_;
    std::size_t repaired_ = 0;
};

void tell_generalisation(AreaFile& file, std::string const& name, std::optional<Metres> told)
{
    auto const has_border = [](SetArea const& area) { return !area.shape.empty(); };
    if (std::ranges::none_of(file.areas, has_border)) {
        file.notes.push_back(fmt::format("{}: codes and names only, no borders", name));
        return;
    }
    auto const estimated = estimated_generalisation(file.areas);
    file.generalised = told ? told : estimated.value_or(Metres{0.0});
    auto const metres = file.generalised->value();
    file.notes.push_back(told
                             ? fmt::format("{}: borders generalised by the stated {:.0f} m", name, metres)
                             : fmt::format("{}: borders generalised by an estimated {:.0f} m", name, metres));
    if (*file.generalised > kWarnGeneralised)
        file.notes.push_back(
            fmt::format("{}: warning: borders may lie more than {:.0f} m from the true ones, so "
                        "places near them may count in the wrong area; take detailed borders",
                        name, kWarnGeneralised.value()));
}

Result<AreaFile> from_osm(std::string const& path, Profile const& profile, PlaceOptions const& options,
                          AreaSet const* own)
{
    AreaFile file{.attribution = "© OpenStreetMap contributors, ODbL"};
    auto const name = std::filesystem::path{path}.filename().string();
    Collector collector{file, name};
    auto const take_area = [&](OsmArea const& boundary) -> Result<void> {
        auto const code = boundary.tag("ref:scb").empty() ? boundary.tag("ref") : boundary.tag("ref:scb");
        collector.add(std::string{code.empty() ? std::string_view{boundary.id} : code},
                      std::string{boundary.tag("name")}, boundary.shape(profile.crs));
        return {};
    };
    auto const wants_area = [](OsmArea const& boundary) {
        return boundary.tag("admin_level") == std::to_string(kKommunLevel) && !boundary.tag("name").empty();
    };
    auto const read = read_osm(path, {.box = profile.accepted_box,
                                      .wants = [](OsmObject const&) { return false; },
                                      .take = [](OsmObject const&) { return Result<void>{}; },
                                      .wants_area = wants_area,
                                      .take_area = take_area});
    if (!read)
        return Failure{read.error()};
    collector.finish(own);
    if (file.areas.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{} has no whole administrative boundary of level {} in the county's box",
                                name, kKommunLevel),
                    "files");
    tell_generalisation(file, name, options.generalised ? options.generalised : std::optional{Metres{0.0}});
    return file;
}

Result<AreaFile> from_ogr(std::string const& path, Profile const& profile, PlaceOptions const& options,
                          AreaSet const* own)
{
    auto const polygons = read_polygon_file(path, profile.crs, options.layer);
    if (!polygons)
        return Failure{polygons.error()};
    auto const name = std::filesystem::path{path}.filename().string();
    auto const& fields = polygons->fields;
    auto found_code = field_named(fields, kCodeFields, "kod", "code");
    auto found_name = field_named(fields, kNameFields, "namn", "name");
    if (!found_name)
        found_name = field_called_like(options.set, fields);
    else if (!found_code)
        found_code = field_called_like(options.set, fields);
    auto const code_field =
        told_or_found(options.code_field, fields, name, "code-field", std::move(found_code));
    auto const name_field =
        told_or_found(options.name_field, fields, name, "name-field", std::move(found_name));
    if (!code_field || !name_field)
        return Failure{code_field ? name_field.error() : code_field.error()};
    if (!*code_field && !*name_field)
        return fail(
            ErrorCode::unreadable,
            fmt::format(
                "{} tells neither codes nor names of its areas; read as {} it has the fields {}: name "
                "them with --code-field and --name-field, or convert a file of another format with "
                "ogr2ogr",
                name, polygons->format, fields.empty() ? "none" : fmt::format("{}", fmt::join(fields, ", "))),
            "files");
    auto const& code_of = *code_field ? **code_field : **name_field;
    auto const& name_of = *name_field ? **name_field : **code_field;

    AreaFile file;
    Collector collector{file, name};
    std::map<std::string, std::size_t> layer_of;
    for (auto const& feature : polygons->features) {
        auto const refuse = [&](std::string column, std::string reason, std::string message) {
            file.refused.push_back(
                {feature.row,
                 {std::move(column), std::move(reason), std::move(message), payload_of(feature)}});
        };
        auto const code = area_label(feature.field(code_of));
        auto const label = area_label(feature.field(name_of));
        if (feature.fault && feature.fault->reason != "no_polygon")
            refuse("", feature.fault->reason, feature.fault->message);
        else if (code.empty())
            refuse(code_of, "no_id", fmt::format("the field {} is empty, expected the area's code", code_of));
        else if (feature.fault)
            refuse("geometry", feature.fault->reason, feature.fault->message);
        else if (auto const layer = layer_of.try_emplace(code, feature.layer).first->second;
                 layer != feature.layer)
            return fail(
                ErrorCode::wrong_use,
                fmt::format("{}: {} is in the folders {} and {}: name the one to read with --layer, or a "
                            "field that tells the two apart with --code-field",
                            name, code, polygons->together[layer], polygons->together[feature.layer]),
                "layer");
        else
            collector.add(code, label.empty() ? code : label, feature.shape);
    }
    file.notes.push_back(fmt::format(
        "{}: {}, {} features{}, code from {}, name from {}", name, polygons->format,
        polygons->features.size(),
        polygons->coordinate_system.empty() ? "" : fmt::format(" in {}", polygons->coordinate_system),
        code_of, name_of));
    if (!polygons->together.empty())
        file.notes.push_back(fmt::format("{}: its folders are read as one set: {}; --layer names one of them",
                                         name, fmt::join(polygons->together, ", ")));
    if (!polygons->not_looked_at.empty())
        file.notes.push_back(fmt::format("{}: has other layers, without areas, which are not read: {}", name,
                                         fmt::join(polygons->not_looked_at, ", ")));
    if (polygons->unclosed > 0)
        file.notes.push_back(
            fmt::format("{}: rings whose ends did not meet, joined: {}", name, polygons->unclosed));
    collector.finish(own);
    tell_generalisation(file, name, options.generalised);
    return file;
}

Result<AreaFile> read_with_own(std::string const& path, Profile const& profile, PlaceOptions const& options,
                               AreaSet const* own)
{
    return path.ends_with(".osm.pbf") ? from_osm(path, profile, options, own)
                                      : from_ogr(path, profile, options, own);
}

std::string title_of(std::string const& set)
{
    if (set == "regso")
        return "RegSO";
    return set == "deso" ? "DeSO" : set;
}

}  // namespace

std::string area_label(std::string_view written)
{
    std::string label;
    for (auto rest = trimmed(written); !rest.empty();) {
        constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
        auto const is_wide = rest.starts_with(kNoBreakSpace);
        auto const is_blank = is_wide || rest.front() == ' ' || rest.front() == '\t';
        if (is_blank && !label.empty() && label.back() != ' ' && label.back() != '(')
            label += ' ';
        if (!is_blank) {
            if (rest.front() == ')' && label.ends_with(' '))
                label.pop_back();
            label += rest.front();
        }
        rest.remove_prefix(is_wide ? kNoBreakSpace.size() : 1);
    }
    return label;
}

AreaId own_area_of(std::string_view code, std::string_view name, AreaSet const& own)
{
    constexpr std::size_t kKommunCode = 4;
    if (auto const area = own.by_code(code.substr(0, kKommunCode)); area != kNoArea)
        return area;
    auto const first = trimmed(name.substr(0, name.find('(')));
    return own.by_name(first);
}

std::optional<Metres> estimated_generalisation(std::vector<SetArea> const& areas)
{
    std::vector<double> standing_out;
    auto const look_at = [&](Ring const& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            auto const &a = ring[(i + ring.size() - 1) % ring.size()], &b = ring[i],
                       &c = ring[(i + 1) % ring.size()];
            auto const chord = std::hypot(c.east - a.east, c.north - a.north);
            if (chord > 0)
                standing_out.push_back(std::abs((c.east - a.east) * (b.north - a.north) -
                                                (c.north - a.north) * (b.east - a.east)) /
                                       chord);
        }
    };
    for (auto const& area : areas)
        for (auto const& polygon : area.shape) {
            look_at(polygon.outer);
            std::ranges::for_each(polygon.inners, look_at);
        }
    if (standing_out.size() < kFewestVertices)
        return std::nullopt;
    auto const quarter = standing_out.begin() + static_cast<std::ptrdiff_t>(standing_out.size() / 4);
    std::ranges::nth_element(standing_out, quarter);
    return Metres{std::round(*quarter)};
}

Result<AreaFile> read_area_file(std::string const& path, Profile const& profile, PlaceOptions const& options)
{
    return read_with_own(path, profile, options, nullptr);
}

Result<OwnAreas> own_areas_from(std::string const& path, Profile const& profile, PlaceOptions const& options)
{
    auto file = read_area_file(path, profile, options);
    if (!file)
        return Failure{file.error()};
    auto const name = std::filesystem::path{path}.filename().string();
    if (!file->refused.empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{} row {}: {}; a county cannot do without one of its areas", name,
                                file->refused.front().row, file->refused.front().problem.message),
                    "areas");
    if (!file->has_borders())
        return fail(ErrorCode::unreadable, fmt::format("{} has no borders", name), "areas");
    constexpr std::size_t kMostAreas = 10'000;
    if (file->areas.size() > kMostAreas)
        return fail(
            ErrorCode::too_large,
            fmt::format("{} has {} areas, at most {} can be a county's own: import the rest as an area set",
                        name, file->areas.size(), kMostAreas),
            "areas");
    auto const built_in = load_areas(profile);
    if (!built_in)
        return Failure{built_in.error()};
    std::vector<Area> areas;
    for (auto& area : file->areas) {
        if (area.shape.empty())
            return fail(ErrorCode::unreadable, fmt::format("{}: {} has no border", name, area.name), "areas");
        auto const known = built_in->by_code(area.code);
        // Where the profile knows the area, sources know it by that name: `Östhammar`, not `Östhammars
        // kommun`.
        areas.push_back({.code = std::move(area.code),
                         .name = known == kNoArea ? area.name : (*built_in)[known].name,
                         .shape = std::move(area.shape),
                         .population = known == kNoArea ? 0 : (*built_in)[known].population,
                         .population_year = known == kNoArea ? 0 : (*built_in)[known].population_year});
    }
    auto const title = profile.areas_title.empty() ? std::string{"areas"} : profile.areas_title;
    auto const source = file->attribution.empty() ? name : file->attribution;
    return OwnAreas{AreaSet{title, source, *file->generalised, std::move(areas)}, std::move(file->notes)};
}

Result<ImportReport> import_areas(Store& store, std::string const& path, PlaceOptions const& options)
{
    if (options.set.empty() || options.set == kOwnAreas)
        return fail(ErrorCode::wrong_use, "name the area set with --set: regso, deso or a name of your own",
                    "set");
    if (!is_source_name(options.set))
        return fail(
            ErrorCode::wrong_use,
            fmt::format("the area set's name \"{}\" must be of a–z, 0–9, - and _", shortened(options.set)),
            "set");
    auto const county = store.county();
    auto file = read_with_own(path, county->profile, options, &county->areas);
    if (!file)
        return Failure{file.error()};
    auto const name = std::filesystem::path{path}.filename().string();
    auto const source = options.source_name.empty() ? options.set : options.source_name;
    auto session = store.begin_places({.name = source,
                                       .title = title_of(options.set),
                                       .attribution = file->attribution,
                                       .as_of = "",
                                       .whole = false},
                                      name);
    if (!session)
        return Failure{session.error()};
    PlaceTally tally{**session, source, name};
    auto const is_of_county = [](SetArea const& area) { return area.area != kNoArea; };
    auto const outside =
        static_cast<std::uint64_t>(std::ranges::count_if(file->areas, std::not_fn(is_of_county)));
    std::erase_if(file->areas, std::not_fn(is_of_county));
    StoredAreaSet const set{.name = options.set,
                            .title = title_of(options.set),
                            .source = source,
                            .valid_from = options.valid_from,
                            .valid_to = options.valid_to,
                            .generalised = file->generalised,
                            .areas = std::move(file->areas)};
    for (auto& [row, problem] : file->refused)
        if (auto const aside = tally.set_aside(row, std::move(problem)); !aside)
            return Failure{aside.error()};
    for (std::uint64_t i = 0; i < outside; ++i)
        tally.outside();
    for (auto& note : file->notes)
        tally.note(std::move(note));
    if (options.set == "kommun" || options.set == lower_case(county->areas.title()))
        tally.note(fmt::format(
            "{}: a set beside the county's own {}, whose borders stay; riskbild init --areas FILE "
            "makes a store with other ones",
            name, county->areas.title()));
    if (set.areas.empty()) {
        tally.note(fmt::format("{}: no area lies in the county: nothing is kept", name));
        return tally.finish();
    }
    if (auto const put = tally.put_all(set, set.areas.size()); !put)
        return Failure{put.error()};
    return tally.finish();
}

}  // namespace riskbild::importers
