#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "data/example/geography.hpp"
#include "geo_core/random.hpp"

namespace riskbild::data {

/// What a made-up place is used as.
enum class SiteUse : std::uint8_t {
    flat,
    house,
    holiday_home,
    shop,
    kiosk,
    petrol_station,
    pub,
    stop,
    school,
    wall,  // walls, underpasses, cabinets: where graffiti comes
    parking,
    bicycle_stand,
    workplace,
    street,  // known as a street, without number
};

/// A made-up address. Its street begins with "Exempel", so nobody takes it for real.
struct Site {
    MapPoint place;
    std::string address;      ///< `Exempelbjörkgatan 12, Uppsala`, before it what stands there
    std::string street_only;  ///< `Exempelbjörkgatan, Uppsala`
    std::string locality;     ///< the urban area, or `landsbygden`
    AreaId kommun = kNoArea;
    std::size_t street = 0;  ///< which of the made-up streets
};

/// Streets with houses, shops, stops … in every urban area and along some country roads, on dry land.
/// Places of one use are told apart by a Zipf weight: a few take a large share of what happens.
class MadeUpPlaces {
public:
    MadeUpPlaces(Geography const& geography, std::uint64_t seed);

    /// Index of a site of this use, the weightier the likelier.
    [[nodiscard]] std::size_t pick(SiteUse use, Random& random) const;
    /// Another site of the same use on the same street within 200 m, or the site itself where there is none.
    [[nodiscard]] std::size_t pick_near(std::size_t site, Random& random) const;
    [[nodiscard]] Site const& operator[](std::size_t site) const { return sites_[site].site; }

private:
    struct Street;
    struct UsedSite {
        Site site;
        SiteUse use;
    };
    struct OfUse {
        std::vector<std::size_t> sites;
        std::vector<double> cumulative;  // weights
    };

    void settle_town(Geography const& geography, Town const& town, Random& random);
    void settle_countryside(Geography const& geography, AreaId kommun, Random& random);
    void build_houses(Geography const& geography, Street const& street, SiteUse use, double weight,
                      Random& random);
    void add(Geography const& geography, Street const& street, int house, SiteUse use,
             std::string const& name, double weight);

    std::vector<UsedSite> sites_;
    std::vector<std::vector<std::size_t>> on_street_;
    std::map<SiteUse, OfUse> by_use_;
};

}  // namespace riskbild::data
