BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Beside a module with other versions of our dependencies' {
    It 'both work, whichever comes first' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $result = Invoke-Child -ArgumentList $ModulePath, "$TestDrive" {
            param($Module, $Folder)
            # Some older and some newer than ours, and without anything of what ours have. Add-Type cannot name an assembly.
            Add-Type -AssemblyName Microsoft.CodeAnalysis.CSharp
            $core = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
            $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary')
            foreach ($library in @{ Name = 'Polly.Core'; Version = '1.0.0.0' }, @{ Name = 'Microsoft.Extensions.Options'; Version = '99.0.0.0' }, @{ Name = 'Microsoft.Extensions.Http'; Version = '99.0.0.0' }) {
                $type = $library.Name -replace '\.'
                $code = "[assembly: System.Reflection.AssemblyVersion(`"$($library.Version)`")] namespace Other { public static class $type { public static string Version() => typeof($type).Assembly.GetName().ToString(); } }"
                $tree = [Microsoft.CodeAnalysis.SyntaxTree[]] [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($code)
                $file = [IO.File]::Create((Join-Path $Folder "$($library.Name).dll"))
                $null = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create($library.Name, $tree, [Microsoft.CodeAnalysis.MetadataReference[]] $core, $options).Emit($file)
                $file.Dispose()
            }

            Set-Content (Join-Path $Folder 'Before.psm1') 'Add-Type -Path $PSScriptRoot/Polly.Core.dll, $PSScriptRoot/Microsoft.Extensions.Http.dll; function Get-Before { [Other.PollyCore]::Version(); [Other.MicrosoftExtensionsHttp]::Version() }'
            Set-Content (Join-Path $Folder 'After.psm1') 'Add-Type -Path $PSScriptRoot/Microsoft.Extensions.Options.dll; function Get-After { [Other.MicrosoftExtensionsOptions]::Version() }'

            Import-Module (Join-Path $Folder 'Before.psm1')
            Import-Module $Module
            Connect-ChatService (Start-ChatSandbox -Fault @{ StatusCode = 503; RetryAfterSec = 0.01; Times = 1 }).BaseUri -Model sandbox-mini
            $null = Get-Before
            (Invoke-ChatCompletion hi).Text
            Import-Module (Join-Path $Folder 'After.psm1')
            $null = Get-After
            (Invoke-ChatCompletion hi -Stream)[-1].Completion.Text
            Get-Before
            Get-After
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'Polly.Core' }.Count
        }
        $result[0, 1] | Should -Be 'You said: hi', 'You said: hi'
        $result[2] | Should -BeLike 'Polly.Core, Version=1.0.0.0,*'
        $result[3] | Should -BeLike 'Microsoft.Extensions.Http, Version=99.0.0.0,*'
        $result[4] | Should -BeLike 'Microsoft.Extensions.Options, Version=99.0.0.0,*'
        $result[5] | Should -Be 2 -Because 'each module has its own'
    }

    It 'nothing but the cmdlets and the objects is in the default context, and nothing else before it is used' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $imported, $used = Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            $own = {
                $names = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.Location -like "$Module*" } | ForEach-Object {
                    "$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name):$($_.GetName().Name)"
                }
                ($names | Sort-Object) -join ' '
            }
            Import-Module $Module
            & $own
            Connect-ChatService -Sandbox
            $null = Invoke-ChatCompletion hi -Stream
            & $own
        }
        $imported | Should -Be 'Default:ChatPS Default:ChatPS.Objects' -Because 'the rest waits for its first use'
        -split $used | Where-Object { $_ -like 'Default:*' } | Should -Be 'Default:ChatPS', 'Default:ChatPS.Objects'
        -split $used | Should -Contain 'ChatPS:ChatPS.Client'
        -split $used | Should -Contain 'ChatPS:Polly.Core'
    }
}

Describe 'Remove-Module' {
    It 'leaves no socket, no sandbox and no connection, and the module can be imported again' {
        $result = Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            # What has to do with a port, apart from connections that are over.
            function Get-Socket($Port) {
                $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
                $open = $network.GetActiveTcpConnections() | Where-Object { $_.State -ne 'TimeWait' -and $Port -in $_.LocalEndPoint.Port, $_.RemoteEndPoint.Port }
                @($network.GetActiveTcpListeners() | Where-Object Port -EQ $Port).Count + @($open).Count
            }

            Import-Module $Module
            $port = (Start-ChatSandbox -Response { 'scripted' }).Port
            Connect-ChatService "http://127.0.0.1:$port" -Model sandbox-mini
            (Invoke-ChatCompletion hi).Text
            (Get-Socket $port) -gt 0
            Remove-Module ChatPS

            $watch = [Diagnostics.Stopwatch]::StartNew()
            while ((Get-Socket $port) -and $watch.Elapsed.TotalSeconds -lt 3) {
                Start-Sleep -Milliseconds 20
            }

            Get-Socket $port
            @(Get-Runspace | Where-Object { $_.RunspaceStateInfo.State -eq 'Opened' }).Count

            Import-Module $Module
            @(Get-ChatConnection).Count
            @(Get-ChatSandboxRequest).Count
            Connect-ChatService -Sandbox
            (Invoke-ChatCompletion again).Text
        }
        $result | Should -Be 'scripted', $true, 0, 1, 0, 0, 'You said: again'
    }

    It 'in one runspace leaves the module to the others' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $result = Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            Import-Module $Module
            Connect-ChatService -Sandbox
            1 | ForEach-Object -Parallel { Import-Module $using:Module; (Invoke-ChatCompletion inner).Text; Remove-Module ChatPS }
            (Invoke-ChatCompletion outer).Text
        }
        $result | Should -Be 'You said: inner', 'You said: outer'
    }

    It 'stops the sandbox also after runspaces that imported the module are gone' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $result = Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            Import-Module $Module
            $port = (Start-ChatSandbox).Port
            1..2 | ForEach-Object -Parallel { Import-Module $using:Module; (Get-Command Invoke-ChatCompletion).Name }
            Remove-Module ChatPS
            @([Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | Where-Object Port -EQ $port).Count
        }
        $result | Should -Be 'Invoke-ChatCompletion', 'Invoke-ChatCompletion', 0
    }
}

Describe 'A process' {
    It 'ends at once, whatever runs in it' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $result = Invoke-Child -ArgumentList $ModulePath {
            param($Module)
            Import-Module $Module
            Connect-ChatService (Start-ChatSandbox -LatencyMs 60000).BaseUri -Model sandbox-mini
            $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            $null = $shell.AddScript("Import-Module '$Module'; Invoke-ChatCompletion hi").BeginInvoke()
            while (-not (Get-ChatSandboxRequest)) {
                Start-Sleep -Milliseconds 10
            }

            'asked'
        }
        $result | Should -Be 'asked'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
    }
}
