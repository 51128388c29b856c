#include "importers/geocode/gazetteer.hpp"

#include "geo_core/figure_table.hpp"
#include "geo_core/profile.hpp"
#include "importers/geocode/gazetteer_index.hpp"

namespace riskbild::importers {

Result<Gazetteer> Gazetteer::of(Store& store)
{
    auto index = std::make_shared<Index>();
    index->county = store.county();
    if (auto const read = store.each_named_place([&](NamedPlace const& place) { index->add(place); }); !read)
        return Failure{read.error()};
    auto const file = data_directory() / "figures" / "uppsala_lan_tatorter.csv";
    auto const read = for_each_figure(file, {"tatort", "kommun_code", "area_ha", "east_m", "north_m"},
                                      [&](FigureRow const& row) {
                                          index->add_urban_area(row);
                                          return true;
                                      });
    if (!read && read.error().code != ErrorCode::not_found)
        return Failure{read.error()};
    index->close();
    return Gazetteer{std::move(index)};
}

Gazetteer::Gazetteer(std::shared_ptr<County const> county, std::vector<NamedPlace> const& places)
{
    auto index = std::make_shared<Index>();
    index->county = std::move(county);
    for (auto const& place : places)
        index->add(place);
    index->close();
    index_ = std::move(index);
}

County const& Gazetteer::county() const
{
    return *index_->county;
}

std::size_t Gazetteer::size() const
{
    return index_->entries.size();
}

std::size_t Gazetteer::bytes() const
{
    return index_->entries.capacity() * sizeof(Index::Entry) +
           index_->keys.capacity() * sizeof(std::pair<Key, std::uint32_t>) + index_->texts.bytes();
}

}  // namespace riskbild::importers
