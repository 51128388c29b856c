#include "geo_core/store/place_tables.hpp"

#include <fmt/format.h>

#include "geo_core/store/geopackage_geometry.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

/// Fields one behind the other with a character between them that no text of a source has.
class Content {
public:
    Content& add(std::string_view text)
    {
        // A source that has it all the same cannot make two contents of one text.
        for (char const c : text) {
            text_ += c == kBetween ? ' ' : c;
        }
        text_ += kBetween;
        return *this;
    }
    template <class Number>
    Content& number(Number value)
    {
        return add(fmt::format("{}", value));
    }
    template <class Number>
    Content& number(std::optional<Number> const& value)
    {
        return value ? number(*value) : add("-");
    }
    Content& point(MapPoint p) { return number(p.east).number(p.north); }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    static constexpr char kBetween = '\x1f';
    std::string text_;
};

std::string text_at(Statement const& row, int column)
{
    return std::string(row.text(column));
}

template <class Number>
std::optional<Number> optional_at(Statement const& row, int column)
{
    if (row.is_null(column)) {
        return std::nullopt;
    }
    if constexpr (std::is_integral_v<Number>) {
        return row.integer(column);
    } else {
        return row.real(column);
    }
}

[[noreturn]] void refuse(std::string_view what, std::string_view name)
{
    throw StoreFailure(ErrorCode::damaged,
                       fmt::format("the store is damaged: the {} {} cannot be read", what, name));
}

NamedPlace place_at(Statement const& row, County const& county)
{
    NamedPlace place;
    place.source = text_at(row, 1);
    place.source_key = text_at(row, 2);
    auto const sort = parse_place_sort(row.text(3));
    if (!sort) {
        refuse("named place", place.source_key);
    }
    place.sort = *sort;
    place.kind = text_at(row, 4);
    place.name = text_at(row, 5);
    place.street = text_at(row, 6);
    place.house_number = text_at(row, 7);
    place.postcode = text_at(row, 8);
    place.locality = text_at(row, 9);
    place.area = area_at(row, 10, county);
    place.parent_key = text_at(row, 11);
    place.attributes = text_at(row, 12);
    place.doubt = text_at(row, 13);
    if (!row.is_null(0)) {
        place.point = decode_point(row.blob(0));
        if (!place.point) {
            refuse("point of the named place", place.source_key);
        }
    }
    if (!row.is_null(14)) {
        auto lines = decode_multi_line(row.blob(14));
        if (!lines) {
            refuse("line of the named place", place.source_key);
        }
        place.lines = std::move(*lines);
    }
    return place;
}

std::vector<SetArea> areas_of(Connection& connection, County const& county, std::int64_t set,
                              bool with_borders)
{
    Statement all(connection,
                  "SELECT code, name, area_id, geom FROM area_set_areas WHERE set_id = ?1 ORDER BY code");
    all.query(set);
    std::vector<SetArea> areas;
    while (all.step()) {
        SetArea area{.code = text_at(all, 0), .name = text_at(all, 1), .area = area_at(all, 2, county)};
        if (with_borders && !all.is_null(3)) {
            auto shape = decode_multi_polygon(all.blob(3));
            if (!shape) {
                refuse("border of the area", area.code);
            }
            area.shape = std::move(*shape);
        }
        areas.push_back(std::move(area));
    }
    return areas;
}

}  // namespace

std::string content_of(NamedPlace const& place)
{
    Content text;
    text.add(place.source).add(place.source_key).add(name_of(place.sort)).add(place.kind).add(place.name);
    text.add(place.street).add(place.house_number).add(place.postcode).add(place.locality);
    text.number(place.area.value()).add(place.parent_key).add(place.attributes).add(place.doubt);
    if (place.point) {
        text.point(*place.point);
    }
    for (auto const& line : place.lines) {
        text.number(line.size());
        for (auto const& p : line) {
            text.point(p);
        }
    }
    return text.take();
}

std::string content_of(StoredAreaSet const& set)
{
    Content text;
    text.add(set.name).add(set.title).add(set.source).number(set.valid_from).number(set.valid_to);
    text.number(set.generalised ? std::optional{set.generalised->value()} : std::nullopt);
    for (auto const& area : set.areas) {
        text.add(area.code).add(area.name).number(area.area.value()).number(area.shape.size());
        for (auto const& polygon : area.shape) {
            text.number(polygon.inners.size() + 1);
            auto const add_ring = [&text](Ring const& ring) {
                text.number(ring.size());
                for (auto const& p : ring) {
                    text.point(p);
                }
            };
            add_ring(polygon.outer);
            for (auto const& inner : polygon.inners) {
                add_ring(inner);
            }
        }
    }
    return text.take();
}

std::string key_of(Figure const& figure)
{
    Content text;
    text.add(figure.measure).add(figure.about).add(figure.area_set).add(figure.area_code);
    text.add(figure.area_code.empty() ? figure.area_name : std::string{}).add(figure.place_key);
    text.add(figure.period).add(figure.unit);
    return text.take();
}

std::string content_of(Figure const& figure)
{
    Content text;
    text.add(figure.source).add(key_of(figure)).add(figure.area_name).number(figure.value);
    text.number(figure.n).number(figure.low).number(figure.high).add(figure.by_hour);
    return text.take();
}

void read_named_places(Connection& connection, County const& county,
                       std::function<void(NamedPlace const&)> const& use)
{
    Statement all(connection,
                  "SELECT p.geom, source, source_key, sort, kind, p.name, street, house_number, postcode, "
                  "locality, area_id, parent_key, attributes, doubt, l.geom FROM named_places p "
                  "LEFT JOIN street_lines l ON l.id = p.id ORDER BY p.id");
    all.query();
    while (all.step()) {
        use(place_at(all, county));
    }
}

std::vector<PlaceSource> read_place_sources(Connection& connection)
{
    Statement all(connection, "SELECT name, title, attribution, as_of FROM place_sources ORDER BY name");
    all.query();
    std::vector<PlaceSource> sources;
    while (all.step()) {
        sources.push_back({text_at(all, 0), text_at(all, 1), text_at(all, 2), text_at(all, 3)});
    }
    return sources;
}

std::vector<StoredAreaSet> read_area_sets(Connection& connection, County const& county, bool with_borders)
{
    Statement all(connection,
                  "SELECT id, name, title, source, valid_from, valid_to, generalised FROM area_sets "
                  "ORDER BY name, valid_from");
    all.query();
    std::vector<StoredAreaSet> sets;
    while (all.step()) {
        auto const generalised = optional_at<double>(all, 6);
        sets.push_back({.name = text_at(all, 1),
                        .title = text_at(all, 2),
                        .source = text_at(all, 3),
                        .valid_from = static_cast<int>(all.integer(4)),
                        .valid_to = static_cast<int>(all.integer(5)),
                        .generalised = generalised ? std::optional{Metres{*generalised}} : std::nullopt,
                        .areas = areas_of(connection, county, all.integer(0), with_borders)});
    }
    return sets;
}

std::vector<Figure> read_figures(Connection& connection, FigureChoice const& choice)
{
    Statement all(connection,
                  "SELECT source, measure, about, area_set, area_code, area_name, place_key, period, value, "
                  "unit, n, low, high, by_hour FROM figures WHERE (?1 = '' OR measure = ?1) AND "
                  "(?2 = '' OR area_set = ?2) AND (?3 = '' OR source = ?3) "
                  "ORDER BY measure, about, area_set, area_code, area_name, place_key, period, unit");
    all.query(choice.measure, choice.area_set, choice.source);
    std::vector<Figure> figures;
    while (all.step()) {
        figures.push_back({.source = text_at(all, 0),
                           .measure = text_at(all, 1),
                           .about = text_at(all, 2),
                           .area_set = text_at(all, 3),
                           .area_code = text_at(all, 4),
                           .area_name = text_at(all, 5),
                           .place_key = text_at(all, 6),
                           .period = text_at(all, 7),
                           .value = optional_at<double>(all, 8),
                           .unit = text_at(all, 9),
                           .n = optional_at<std::int64_t>(all, 10),
                           .low = optional_at<double>(all, 11),
                           .high = optional_at<double>(all, 12),
                           .by_hour = text_at(all, 13)});
    }
    return figures;
}

std::vector<std::string> read_contents(Connection& connection, County const& county, std::string_view table)
{
    std::vector<std::string> contents;
    if (table == "named_places") {
        read_named_places(connection, county,
                          [&](NamedPlace const& place) { contents.push_back(content_of(place)); });
    } else if (table == "area_sets") {
        for (auto const& set : read_area_sets(connection, county, true)) {
            contents.push_back(content_of(set));
        }
    } else {
        for (auto const& figure : read_figures(connection, {})) {
            contents.push_back(content_of(figure));
        }
    }
    return contents;
}

}  // namespace riskbild::store
