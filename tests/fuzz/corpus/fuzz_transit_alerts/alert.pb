

2.0˜†ñÁS
a1*M
ÀñÁĞñÁ**s1*r8"
t*r08R

PolisinsatssvB

https://a.se