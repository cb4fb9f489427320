using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>Takes off what PowerShell wraps objects in.</summary>
internal static class Bare
{
    /// <summary>Finds the object within.</summary>
    /// <param name="value">A value that may be wrapped.</param>
    /// <returns>The object; a custom object, which is nothing but its wrapping, as it is.</returns>
    public static object? Of(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
