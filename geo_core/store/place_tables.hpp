#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// What a named place, an area set or a figure says, as one text: two that say the same have the same. The
/// hashes in the tables are of it.
[[nodiscard]] std::string content_of(NamedPlace const& place);
[[nodiscard]] std::string content_of(StoredAreaSet const& set);
[[nodiscard]] std::string content_of(Figure const& figure);

/// What names a figure of its source: all but what it amounts to.
[[nodiscard]] std::string key_of(Figure const& figure);

void read_named_places(Connection& connection, County const& county,
                       std::function<void(NamedPlace const&)> const& use);
[[nodiscard]] std::vector<PlaceSource> read_place_sources(Connection& connection);
[[nodiscard]] std::vector<StoredAreaSet> read_area_sets(Connection& connection, County const& county,
                                                        bool with_borders);
[[nodiscard]] std::vector<Figure> read_figures(Connection& connection, FigureChoice const& choice);

/// The contents of `named_places`, `area_sets` or `figures`, as `content_of` tells them.
[[nodiscard]] std::vector<std::string> read_contents(Connection& connection, County const& county,
                                                     std::string_view table);

}  // namespace riskbild::store
