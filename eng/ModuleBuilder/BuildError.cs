namespace ChatPS.ModuleBuilder;

/// <summary>What keeps the module from being built, printed so that MSBuild and editors find the place.</summary>
internal sealed record BuildError(string Path, int Line, string Code, string Message)
{
    public override string ToString() => $"{Path}({Line}): error {Code}: {Message}";
}
