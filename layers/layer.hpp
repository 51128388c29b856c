#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/parallel.hpp"
#include "geo_core/view.hpp"
#include "layers/layer_result.hpp"
#include "layers/options.hpp"

namespace riskbild::layers {

/// One class of a classed map: what a value means, and its colour.
struct ValueClass {
    int value = 0;       ///< cells and rows with it belong to the class
    std::string colour;  ///< `#rrggbb`; empty: not drawn
    std::string sv;
    std::string en;
};

/// How the map shows a grid, or the places of a layer's first table.
enum class Drawing : std::uint8_t {
    none,     ///< nothing to draw: tables only
    amount,   ///< from little to much: classes that double
    classes,  ///< by the classes of the description; of a table, by its column `class`
};

struct TableDescription {
    std::string key;
    std::string title_sv;
    std::string title_en;
    bool has_places = false;  ///< its rows lie somewhere
};

/// All that CLI, HTTP, catalogue and viewer know of a layer.
struct LayerDescription {
    std::string name;
    std::string title_sv;
    std::string title_en;
    std::string about_sv;  ///< one sentence that a caseworker understands
    std::string about_en;
    std::string unit;
    std::vector<OptionDescription> options;  ///< in order of key
    bool has_grid = false;
    std::vector<TableDescription> tables;  ///< the main one first
    Drawing drawing = Drawing::none;
    std::vector<ValueClass> classes;  ///< of Drawing::classes, in the order of legends
    /// Looks at single incidents with a known point. Such a layer refuses a view without single incidents,
    /// and leaves out, counted, whatever is known only to a locality, kommun or county.
    bool of_points = false;
    /// Part of what the county publishes: a view without single incidents may ask for it.
    bool published = false;
    /// May take long with many incidents: better begun as a job than waited for.
    bool takes_long = false;

    [[nodiscard]] TableDescription const* find_table(std::string_view key) const;
};

/// What is asked of a layer.
struct LayerQuestion {
    View const& view;
    Filter const& filter;
    Options const& options;                        ///< complete, see Layer::complete
    Progress const& progress = {};                 ///< may stop the work
    std::optional<Lattice> window = std::nullopt;  ///< of a surface; others pass over it
};

/// Why a place has the value that it has.
struct Explanation {
    LayerInfo info;
    std::vector<Fact> facts;  ///< observed, expected … in the order to read them
    /// The same place with other options, as with half and double the radius: what was changed, and the
    /// value.
    struct Variant {
        std::string option;
        std::string value;
        Fact fact;
    };
    std::vector<Variant> variants;
    std::vector<IncidentId> incidents;  ///< behind it, newest first, at most kMostExplaining
    std::uint64_t all_incidents = 0;    ///< how many there are
};
inline constexpr std::size_t kMostExplaining = 100;

/// A layer as the registry holds it: its description and what it does. To add one, write its folder and
/// name it in layers/registry.cpp: CLI, HTTP, catalogue, tiles and viewer take it from there.
struct Layer {
    LayerDescription description;
    /// \return ErrorCode::wrong_use naming the option, forbidden for the view, too_large, busy when stopped
    Result<LayerResult> (*run)(LayerQuestion const& question) = nullptr;
    /// Absent where there is nothing to explain. \return as `run`
    Result<Explanation> (*explain)(LayerQuestion const& question, MapPoint place) = nullptr;
    /// What options demand of each other, after each alone was found good: may take out what does not apply.
    /// \return ErrorCode::wrong_use naming the option
    Result<void> (*settle)(Options const& given, Options& complete) = nullptr;

    /// Every option with its value, so that two ways of asking for the same give the same text.
    /// \return ErrorCode::wrong_use naming the key and what is allowed
    [[nodiscard]] Result<Options> complete(Options const& given) const;
};

}  // namespace riskbild::layers
