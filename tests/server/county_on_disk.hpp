#pragma once

#include <filesystem>
#include <string>

namespace riskbild::server::testing {

/// A store of Uppsala län in a folder of its own, gone with it. Begins with twelve incidents: five at one
/// address, four in a row along a street, two known only to a kommun, one protected with an address.
class CountyOnDisk {
public:
    CountyOnDisk();
    ~CountyOnDisk();
    CountyOnDisk(CountyOnDisk const&) = delete;
    CountyOnDisk& operator=(CountyOnDisk const&) = delete;

    [[nodiscard]] std::filesystem::path store() const { return folder_ / "county.gpkg"; }
    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }
    /// One more incident at a place of its own, as another process would: a committed write.
    void add_incident(std::string const& source_id) const;
    /// What the shops tell of the first incident at the one address: the same time and place.
    void tell_again(std::string const& source_id) const;
    /// So many rows of the police that could not be used.
    void set_aside(int rows, std::string const& file) const;

private:
    std::filesystem::path folder_;
};

}  // namespace riskbild::server::testing
