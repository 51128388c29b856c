#pragma once

#include <compare>

namespace riskbild {

/// A distance in metres in the store's metric coordinate system. `200_m`, `1_km`.
class Metres {
public:
    constexpr Metres() = default;
    constexpr explicit Metres(double value) : value_(value) {}

    [[nodiscard]] constexpr double value() const { return value_; }

    constexpr auto operator<=>(Metres const&) const = default;

    friend constexpr Metres operator+(Metres a, Metres b) { return Metres{a.value_ + b.value_}; }
    friend constexpr Metres operator-(Metres a, Metres b) { return Metres{a.value_ - b.value_}; }
    friend constexpr Metres operator*(Metres a, double s) { return Metres{a.value_ * s}; }
    friend constexpr Metres operator*(double s, Metres a) { return a * s; }
    friend constexpr Metres operator/(Metres a, double s) { return Metres{a.value_ / s}; }
    friend constexpr double operator/(Metres a, Metres b) { return a.value_ / b.value_; }

private:
    double value_ = 0.0;
};

inline namespace literals {
constexpr Metres operator""_m(unsigned long long value)
{
    return Metres{static_cast<double>(value)};
}
constexpr Metres operator""_m(long double value)
{
    return Metres{static_cast<double>(value)};
}
constexpr Metres operator""_km(unsigned long long value)
{
    return Metres{1000.0 * static_cast<double>(value)};
}
}  // namespace literals

}  // namespace riskbild
