#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo_core/ids.hpp"
#include "geo_core/lattice.hpp"

namespace riskbild {

/// A count that may be withheld: absent means "suppressed", which is not zero.
using PublishedCount = std::optional<std::uint32_t>;

/// The county's published products: fixed (kind group × calendar year × area) tables and a coarse
/// grid per (group × year). Suppressed together, at publication: counts 1–4 are withheld, and so
/// many others that no withheld one follows from totals. No free filter, no points.
struct Publication {
    std::vector<int> years;      ///< complete calendar years, ascending
    std::vector<KindId> groups;  ///< first-level kinds, ascending
    std::size_t areas = 0;
    /// [(year · groups + group) · areas + area]
    std::vector<PublishedCount> by_area;
    Lattice lattice;  ///< 1 km cells over the county
    /// For each (year, group): cells with at least the least count; every other cell is withheld or empty
    /// alike.
    struct Cell {
        std::uint32_t index;  ///< row-major in `lattice`
        std::uint32_t count;
    };
    std::vector<std::vector<Cell>> cells;
};

/// Withholds the counts 1 … least-1 of a groups × areas table (row-major), and further ones, smallest
/// first, until in every row and column the withheld ones are none, or two or more that together reach
/// 2 · least: then none follows from a total known from elsewhere. Zeros stay, but where a line has no
/// positive count left to withhold: there a zero keeps the small one company.
std::vector<PublishedCount> suppress(std::span<std::uint32_t const> counts, std::size_t groups,
                                     std::size_t areas, std::uint32_t least);

/// A cell of the coarse grid before suppression, with the areas its incidents lie in.
struct CellCount {
    struct Part {
        std::uint16_t area;
        std::uint32_t count;
    };
    std::uint32_t index = 0;
    std::vector<Part> parts;
};

/// Withholds cells below `least`, every cell of an area whose count is withheld, and further ones until
/// no area's count less its shown cells is 1 … least-1. Order is kept.
std::vector<Publication::Cell> suppress_cells(std::vector<CellCount> counts,
                                              std::span<PublishedCount const> by_area, std::uint32_t least);

}  // namespace riskbild
