using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Reads an interface.</summary>
internal static class InterfaceParser
{
    /// <summary>Reads the interface.</summary>
    /// <returns>What came of it; null when it is no Refit interface.</returns>
    public static InterfaceResult? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        List<ISymbol> members = [.. type.AllInterfaces.Insert(0, type).SelectMany(declaring => declaring.GetMembers()).Where(member => member.IsAbstract)];
        if (!members.OfType<IMethodSymbol>().Any(method => method.GetHttpAttributes().Any()))
        {
            return null;
        }

        List<DiagnosticModel> diagnostics = [];
        if (type.IsGenericType || IsHidden(type))
        {
            diagnostics.Add(DiagnosticModel.Create(Descriptors.UnsupportedInterface, type.GetLocation(), type.ToMessageName()));
        }

        List<MethodModel> methods = [];
        foreach (ISymbol member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (member)
            {
                case IMethodSymbol { MethodKind: MethodKind.Ordinary } method:
                    if (new MethodParser(method, Report).Parse() is { } model)
                    {
                        methods.Add(model);
                    }

                    break;
                case IPropertySymbol or IEventSymbol:
                    Report(DiagnosticModel.Create(Descriptors.NotAMethod, member.GetLocation(), member.Name));
                    break;
            }
        }

        return new InterfaceResult(
            diagnostics.Count > 0 ? null : new InterfaceModel(type.ToRuntimeName(), GetClassName(type), new(methods)),
            new EquatableArray<DiagnosticModel>(diagnostics));

        // What is wrong with an inherited member of another assembly is shown at the interface that inherits it.
        void Report(DiagnosticModel diagnostic) =>
            diagnostics.Add(diagnostic.Path.Length > 0 ? diagnostic : DiagnosticModel.Create(diagnostic.Descriptor, type.GetLocation(), [.. diagnostic.Arguments]));
    }

    private static bool IsHidden(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsGenericType || current.IsFileLocal || current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return true;
            }
        }

        return false;
    }

    // Underscores are doubled, so that A.B_C and A.B.C get different names.
    private static string GetClassName(INamedTypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Replace("_", "__").Replace('.', '_');
}
