#include "importers/osm/osm_extract.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <osmium/area/assembler.hpp>
#include <osmium/area/multipolygon_manager.hpp>
#include <osmium/handler.hpp>
#include <osmium/handler/check_order.hpp>
#include <osmium/index/map/sparse_file_array.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/relations/manager_util.hpp>
#include <osmium/tags/tags_filter.hpp>
#include <osmium/visitor.hpp>

namespace riskbild::importers {
namespace {

using Positions = osmium::index::map::SparseFileArray<osmium::unsigned_object_id_type, osmium::Location>;
using Boundaries = osmium::area::MultipolygonManager<osmium::area::Assembler>;

constexpr std::uint64_t kObjectsBetweenProgress = 1 << 17;

/// Carries an error of the visitor out of libosmium's loops.
struct Stopped {
    Error error;
};

std::vector<OsmTag> tags_of(osmium::TagList const& list)
{
    std::vector<OsmTag> tags;
    for (auto const& tag : list)
        tags.push_back({tag.key(), tag.value()});
    return tags;
}

std::string_view value_of(std::vector<OsmTag> const& tags, std::string_view key)
{
    for (auto const& tag : tags)
        if (tag.key == key)
            return tag.value;
    return {};
}

template <class Rings>
std::vector<LngLat> ring_of(Rings const& ring)
{
    std::vector<LngLat> points;
    for (auto const& node : ring)
        points.push_back({node.location().lon(), node.location().lat()});
    if (points.size() > 1)
        points.pop_back();
    return points;
}

/// Nodes, ways and areas as they come by, in order of the file.
class Visitor : public osmium::handler::Handler {
public:
    Visitor(OsmInterest const& interest, OsmSummary& summary) : interest_(interest), summary_(summary) {}

    void node(osmium::Node const& node)
    {
        if (summary_.ways > 0)
            throw osmium::out_of_order_error{"a node stands behind ways", node.id()};
        count(summary_.nodes);
        auto const location = node.location();
        if (!location.valid() || !interest_.box.contains({location.lon(), location.lat()})) {
            if (is_wanted(node))
                ++summary_.beyond;
            return;
        }
        ++summary_.nodes_in_box;
        positions_.set(node.positive_id(), location);
        if (!is_wanted(node))
            return;
        object_.lines = {{{location.lon(), location.lat()}}};
        take();
    }

    void way(osmium::Way& way)
    {
        if (summary_.ways == 0)
            positions_.sort();
        count(summary_.ways);
        for (auto& node : way.nodes())
            node.set_location(positions_.get_noexcept(node.positive_ref()));
        if (!is_wanted(way))
            return;
        auto is_within = false;
        for (auto const& node : way.nodes()) {
            auto const was_within = std::exchange(is_within, node.location().valid());
            if (is_within && !was_within)
                object_.lines.emplace_back();
            if (is_within)
                object_.lines.back().push_back({node.location().lon(), node.location().lat()});
        }
        object_.lines.empty() ? static_cast<void>(++summary_.beyond) : take();
    }

    void relation(osmium::Relation const&) { count(summary_.relations); }

    void area(osmium::Area const& area)
    {
        OsmArea made{.id = fmt::format("{}/{}", area.from_way() ? "way" : "relation", area.orig_id()),
                     .tags = tags_of(area.tags())};
        if (!interest_.wants_area(made))
            return;
        for (auto const& outer : area.outer_rings()) {
            OsmArea::Part part{.outer = ring_of(outer)};
            for (auto const& inner : area.inner_rings(outer))
                part.inners.push_back(ring_of(inner));
            made.parts.push_back(std::move(part));
        }
        if (made.parts.empty())
            return;
        closed_ += area.from_way() ? 0 : 1;
        stop_unless(interest_.take_area(made));
    }

    [[nodiscard]] std::uint64_t closed() const { return closed_; }

private:
    bool is_wanted(osmium::OSMObject const& object)
    {
        if (object.tags().empty())
            return false;
        object_.tags = tags_of(object.tags());
        object_.lines.clear();
        object_.is_way = object.type() == osmium::item_type::way;
        if (!interest_.wants(object_))
            return false;
        object_.id = fmt::format("{}/{}", object_.is_way ? "way" : "node", object.id());
        return true;
    }

    void take() { stop_unless(interest_.take(object_)); }

    static void stop_unless(Result<void> const& done)
    {
        if (!done)
            throw Stopped{done.error()};
    }

    void count(std::uint64_t& objects)
    {
        ++objects;
        if (++seen_ % kObjectsBetweenProgress == 0 && interest_.progress)
            interest_.progress(seen_);
    }

    OsmInterest const& interest_;
    OsmSummary& summary_;
    Positions positions_;
    OsmObject object_;
    std::uint64_t seen_ = 0, closed_ = 0;
};

osmium::TagsFilter administrative()
{
    osmium::TagsFilter filter{false};
    filter.add_rule(true, "boundary", "administrative");
    return filter;
}

std::string date_of(osmium::io::Header const& header)
{
    auto const replication = header.get("osmosis_replication_timestamp");
    return replication.empty() ? header.get("timestamp") : replication;
}

/// The administrative relations of the file that are wanted, whose ways are then waited for.
std::uint64_t count_boundaries(osmium::io::File const& file, OsmInterest const& interest)
{
    std::uint64_t count = 0;
    osmium::io::Reader reader{file, osmium::osm_entity_bits::relation};
    while (auto const buffer = reader.read())
        for (auto const& relation : buffer.select<osmium::Relation>())
            count += relation.tags().has_tag("boundary", "administrative") &&
                             (relation.tags().has_tag("type", "boundary") ||
                              relation.tags().has_tag("type", "multipolygon")) &&
                             interest.wants_area({.id = "", .tags = tags_of(relation.tags()), .parts = {}})
                         ? 1
                         : 0;
    reader.close();
    return count;
}

OsmSummary read_all(std::string const& path, OsmInterest const& interest)
{
    OsmSummary summary;
    osmium::io::File const file{path, "pbf"};
    summary.boundaries = count_boundaries(file, interest);
    Boundaries boundaries{osmium::area::Assembler::config_type{}, administrative()};
    osmium::relations::read_relations(file, boundaries);

    Visitor visitor{interest, summary};
    osmium::io::Reader reader{file};
    summary.as_of = date_of(reader.header());
    auto const take_areas = [&visitor](osmium::memory::Buffer&& areas) { osmium::apply(areas, visitor); };
    osmium::apply(reader, visitor, boundaries.handler(take_areas));
    reader.close();
    summary.not_closed = summary.boundaries - std::min(summary.boundaries, visitor.closed());
    return summary;
}

}  // namespace

std::string_view OsmObject::tag(std::string_view key) const
{
    return value_of(tags, key);
}

std::string_view OsmArea::tag(std::string_view key) const
{
    return value_of(tags, key);
}

MultiPolygon OsmArea::shape(Crs const& crs) const
{
    auto const ring = [&crs](std::vector<LngLat> const& degrees) {
        Ring metres(degrees.size());
        crs.metres(degrees, metres);
        return metres;
    };
    MultiPolygon shape;
    for (auto const& part : parts) {
        Polygon polygon{.outer = ring(part.outer), .inners = {}};
        for (auto const& inner : part.inners)
            polygon.inners.push_back(ring(inner));
        shape.push_back(std::move(polygon));
    }
    return shape;
}

Result<OsmSummary> read_osm(std::string const& path, OsmInterest const& interest)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return fail(std::filesystem::exists(path, error) ? ErrorCode::unreadable : ErrorCode::not_found,
                    fmt::format("{} is no file; expected an extract of OpenStreetMap, .osm.pbf", path),
                    "files");
    try {
        return read_all(path, interest);
    } catch (Stopped const& stopped) {
        return Failure{stopped.error};
    } catch (std::bad_alloc const&) {
        throw;
    } catch (osmium::out_of_order_error const& problem) {
        auto const name = std::filesystem::path{path}.filename().string();
        return fail(
            ErrorCode::unreadable,
            fmt::format("{} is not in order, expected all nodes before the ways, as extracts are ({}); "
                        "sort it with `osmium sort {} -o sorted.osm.pbf`",
                        name, problem.what(), name),
            "files");
    } catch (std::exception const& problem) {
        // libosmium tells of damaged blocks, of no PBF at all and of the disk by exceptions of many types.
        return fail(ErrorCode::unreadable,
                    fmt::format("{} cannot be read as an extract of OpenStreetMap (.osm.pbf): {}",
                                std::filesystem::path{path}.filename().string(), problem.what()),
                    "files");
    }
}

}  // namespace riskbild::importers
