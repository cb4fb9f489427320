using System.Runtime.Serialization;

namespace Refit.Behaviour;

internal enum Shade
{
    Dark,

    [EnumMember(Value = "very-light")]
    Light,
}
