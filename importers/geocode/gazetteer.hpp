#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "geo_core/named_place.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::importers {

/// All named places in memory, found by what they are called.
///
///     auto const gazetteer = Gazetteer::of(*store);
///     auto const found = locate(*gazetteer, {.address = "Kungsgatan 12", .kommun = "Uppsala"});
///
/// Immutable; any number of threads may ask at once. About 60 bytes an address.
class Gazetteer {
public:
    /// The store's named places, and the urban areas of data/figures that lie in the county's areas.
    static Result<Gazetteer> of(Store& store);
    /// Of places that are at hand; for tests. The urban areas of data/figures are not added.
    Gazetteer(std::shared_ptr<County const> county, std::vector<NamedPlace> const& places);

    [[nodiscard]] County const& county() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t bytes() const;

private:
    friend class Locator;
    struct Index;
    explicit Gazetteer(std::shared_ptr<Index const> index) : index_(std::move(index)) {}
    std::shared_ptr<Index const> index_;
};

}  // namespace riskbild::importers
