BeforeAll {
    . $PSScriptRoot/common.ps1

    # Each of them at a place of its own, so that a leak tells where it comes from.
    $marks = @{
        Key = 'sk-test-aaaaaaaaaaaaaaaa'
        Connection = 'opaque-connection-1111'
        Header = 'opaque-header-2222'
        Secure = 'opaque-secure-3333'
        Query = 'opaque+query/4444='
        Body = 'opaque-body-5555'
        Tool = 'opaque-tool-6666'
    }
    $call = @{
        AdditionalHeader = @{ 'X-Auth' = "Bearer $($marks.Header)"; 'X-Plain' = (ConvertTo-SecureString $marks.Secure -AsPlainText -Force) }
        AdditionalQuery = @{ sig = $marks.Query }
        AdditionalBody = @{ metadata = @{ client_secret = $marks.Body } }
        BuiltInTool = @{ type = 'mcp'; server_label = 'x'; server_url = 'https://tools.example.com'; authorization = $marks.Tool; headers = @{ Authorization = "Bearer $($marks.Tool)" } }
    }

    function Connect-Marked([hashtable] $Sandbox = @{}) {
        Connect-TestSandbox $Sandbox @{ ApiKey = $marks.Key; Dialect = 'Responses'; AdditionalHeader = @{ 'X-Vendor-Token' = $marks.Connection } }
    }

    # Whatever a user may do with an object to look at it or to keep it.
    function Get-EveryForm($Object) {
        foreach ($item in $Object) {
            $item | Out-String -Width 500
            $item | Format-List * -Force | Out-String -Width 500
            $item | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
            [Management.Automation.PSSerializer]::Serialize($item, 4)
            if ($item -is [Management.Automation.ErrorRecord] -and (Get-Command Get-Error -ErrorAction Ignore)) {
                Get-Error -InputObject $item | Out-String -Width 500
                $item.InvocationInfo.BoundParameters | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
                "$($item.TargetObject)"
            }
        }
    }

    function Assert-NoMark($Text, [string[]] $But = @()) {
        $whole = $Text | Out-String -Width 5000
        $whole.Length | Should -BeGreaterThan 50
        foreach ($name in $marks.Keys | Where-Object { $_ -notin $But }) {
            foreach ($form in $marks[$name], [uri]::EscapeDataString($marks[$name])) {
                $at = $whole.IndexOf($form)
                if ($at -ge 0) {
                    $start = [Math]::Max(0, $at - 120)
                    throw "The secret $name is shown: ...$($whole.Substring($start, [Math]::Min(240, $whole.Length - $start)))..."
                }
            }
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'No secret is shown' {
    It 'by <What>' -ForEach @(
        @{ What = 'an answer and its streams'; Script = { Invoke-ChatCompletion hi @call -Verbose -Debug } }
        @{ What = 'a streamed answer'; Script = { Invoke-ChatCompletion hi @call -Stream -Verbose } }
        @{ What = 'a job'; Script = { Invoke-ChatCompletion hi @call -AsJob -Verbose | Receive-EndedJob } }
        @{ What = 'a count of tokens'; Script = { Measure-ChatToken hi @call -Verbose } }
    ) {
        Connect-Marked
        Assert-NoMark (Get-EveryForm (& $Script *>&1))
    }

    It 'by an error that quotes them all: <What>' -ForEach @(
        @{ What = 'whole'; Script = { Invoke-ChatCompletion hi @call -Verbose } }
        @{ What = 'streamed'; Script = { Invoke-ChatCompletion hi @call -Stream } }
        @{ What = 'a job'; Script = { Invoke-ChatCompletion hi @call -AsJob | Receive-EndedJob } }
    ) {
        $said = "You sent $($marks.Values -join ' | ') and $([uri]::EscapeDataString($marks.Query))"
        Connect-Marked @{ Fault = @{ StatusCode = 400; ErrorMessage = $said } }
        $ErrorActionPreference = 'Continue'
        $output = & $Script *>&1
        "$output" | Should -BeLike '*You sent *'
        Assert-NoMark (Get-EveryForm $output)
    }

    It 'by an answer that quotes them all, whole or in pieces' {
        Connect-Marked @{ Response = "You sent $($marks.Values -join ' | '). The key of another is sk-test-of-somebody-else." }
        $answer = Invoke-ChatCompletion hi @call
        $answer.Text | Should -BeLike 'You sent *The key of another is sk-test-of-somebody-else.'
        Assert-NoMark (Get-EveryForm $answer)
        $pieces = Invoke-ChatCompletion hi @call -Stream
        Assert-NoMark (Get-EveryForm $pieces)
        Assert-NoMark "$(-join $pieces.Text) which is the whole of what had been said in pieces"
    }

    It 'by a record of the sandbox, but for a value whose name says nothing' {
        Connect-Marked
        $null = Invoke-ChatCompletion hi @call
        Assert-NoMark (Get-EveryForm (Get-TestRequest)) -But Secure
        Get-TestMember 'tools' | Should -BeLike '*"authorization":"`*`*`*`*"*'
    }

    It 'by a checkpoint, which still belongs to what they were' {
        $path = Join-Path $TestDrive 'run.jsonl'
        Connect-Marked
        $null = Invoke-ChatCompletion hi @call -CheckpointPath $path
        Assert-NoMark (Get-Content $path -Raw)
        (Invoke-ChatCompletion hi @call -CheckpointPath $path).Text | Should -Not -BeNullOrEmpty
        (Get-TestRequest).Count | Should -Be 1
        $other = $call.Clone()
        $other.BuiltInTool = $call.BuiltInTool.Clone()
        $other.BuiltInTool.authorization = 'opaque-other'
        $failure = Get-Failure { Invoke-ChatCompletion hi @other -CheckpointPath $path }
        "$failure" | Should -BeLike '*asked for in another way*BuiltInTool*'
        Assert-NoMark (Get-EveryForm $failure)
    }

    It 'by a session in a file, with a warning that says what is missing' {
        $path = Join-Path $TestDrive 'session.json'
        $message = New-ChatMessage 'my key is sk-test-0123456789abcdef'
        $session = New-ChatSession -Parameter @{ BuiltInTool = $call.BuiltInTool } -Message $message -Tool @{ type = 'function'; function = @{ name = 'f' }; api_key = $marks.Tool }
        $session | Export-ChatSession $path -WarningVariable warning -WarningAction SilentlyContinue
        $text = Get-Content $path -Raw
        Assert-NoMark $text
        $text | Should -Not -BeLike '*0123456789abcdef*'
        "$warning" | Should -BeLike "*'authorization'*"
        "$warning" | Should -BeLike "*'api_key'*"
        "$warning" | Should -BeLike '*1 messages*masked*'
        $session.Messages[0].Text | Should -BeLike '*0123456789abcdef'
    }

    It 'by a connection that cannot be made: <Name>' -ForEach @(
        @{ Name = 'user in the address'; Script = { Connect-ChatService "https://user:$($marks.Body)@host.example/v1" } }
        @{ Name = 'key in the query'; Script = { Connect-ChatService "https://host.example/v1?api_key=$($marks.Body)" } }
        @{ Name = 'no scheme'; Script = { Connect-ChatService "user:$($marks.Body)@host.example/v1" } }
        @{ Name = 'user in the proxy'; Script = { Connect-ChatService https://host.example -Proxy "http://user:$($marks.Body)@proxy.example" } }
        @{ Name = 'odd proxy'; Script = { Connect-ChatService https://host.example -Proxy "ftp://user:$($marks.Body)@proxy.example" } }
        @{ Name = 'odd header'; Script = { Connect-ChatService https://host.example -AdditionalHeader @{ 'X-Api-Key' = "$($marks.Body)`n" } } }
    ) {
        $failure = Get-Failure $Script
        $failure | Should -Not -BeNullOrEmpty
        Assert-NoMark (Get-EveryForm $failure)
    }

    It 'by a proxy of the environment that refuses' {
        $saved = $env:HTTPS_PROXY
        try {
            $env:HTTPS_PROXY = "http://user:$($marks.Body)@127.0.0.1:1/"
            $script = {
                param($Module)
                Import-Module $Module
                Connect-ChatService https://host.invalid/v1 -Model m -MaxRetry 0 -TimeoutSec 5
                $failure = Invoke-ChatCompletion hi -Verbose 2>&1
                $failure | Format-List * -Force | Out-String -Width 500
                $failure.Exception.ToString()
            }
            Assert-NoMark (Invoke-Child $script $ModulePath)
        }
        finally {
            $env:HTTPS_PROXY = $saved
        }
    }
}

Describe 'A secret that is given otherwise' {
    It 'goes out as what a secure string holds, in a header and in the query' {
        Connect-TestSandbox
        $secure = ConvertTo-SecureString $marks.Secure -AsPlainText -Force
        $null = Invoke-ChatCompletion hi -AdditionalHeader @{ 'X-Plain' = $secure; 'X-Other' = [pscredential]::new('u', $secure) } -AdditionalQuery @{ plain = $secure }
        $request = Get-ChatSandboxRequest -Name Test -Last 1
        $request.Headers['X-Plain'], $request.Headers['X-Other'] | Should -Be $marks.Secure, $marks.Secure
        $request.Query | Should -BeLike "*plain=$($marks.Secure)*"
    }

    It 'does not travel over plain HTTP: <Where>' -ForEach @(
        @{ Where = 'query'; Call = @{ AdditionalQuery = @{ api_key = 'opaque' } } }
        @{ Where = 'body'; Call = @{ AdditionalBody = @{ token = 'opaque' } } }
        @{ Where = 'secure header'; Call = @{ AdditionalHeader = @{ 'X-Plain' = (ConvertTo-SecureString 'opaque' -AsPlainText -Force) } } }
    ) {
        Connect-ChatService http://service.example.com/v1 -Name Plain -Model m
        "$(Get-Failure { Invoke-ChatCompletion hi -Connection Plain @Call })" | Should -BeLike '*plain HTTP*'
    }

    It 'is not saved with a connection: <What>' -ForEach @(
        @{ What = 'a value like a key'; Header = @{ 'X-Vendor' = 'sk-test-0123456789abcdef' } }
        @{ What = 'a scheme and a value'; Header = @{ 'X-Vendor' = 'Bearer 0123456789abcdef' } }
        @{ What = 'a secure string'; Header = @{ 'X-Vendor' = (ConvertTo-SecureString 'opaque' -AsPlainText -Force) } }
    ) {
        Connect-ChatService https://service.example.com/v1 -Name Kept -AdditionalHeader ($Header + @{ 'X-Tenant' = '72f988bf-86f1-41af-91ab-2d7cd011db47' })
        Save-ChatConnection Kept -Force -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -BeLike "*'X-Vendor'*"
        (Get-ChatConnection Kept -Saved).AdditionalHeader | Should -Be 'X-Tenant'
    }

    It 'is not taken from a profile that was edited' {
        Connect-ChatService https://service.example.com/v1 -Name Edited
        Save-ChatConnection Edited -Force
        $path = Join-Path $env:CHATPS_CONFIG 'connections/Edited.json'
        $path | Should -Exist
        (Get-Content $path -Raw).Replace('https://service', 'https://user:opaque-secret@service') | Set-Content $path
        $failure = Get-Failure { Connect-ChatService -Profile Edited }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike '*baseUri holds a name and password*'
        ($failure | Format-List * -Force | Out-String) | Should -Not -BeLike '*opaque-secret*'
    }

    It 'is found in a here-string of the script for keys' {
        Connect-ChatService https://service.example.com/v1 -Name Scripted -ApiKeyScript ([scriptblock]::Create("@'`nsk-test-0123456789abcdef`n'@"))
        $failure = Get-Failure { Save-ChatConnection Scripted -Force }
        "$failure" | Should -BeLike '*looks like a key*'
    }

    It 'refuses a header Host that names no host' {
        $failure = Get-Failure { Connect-ChatService https://service.example.com/v1 -AdditionalHeader @{ Host = 'two hosts' } }
        "$failure" | Should -BeLike "*'Host'*not the name of a host*"
        { Connect-ChatService https://service.example.com/v1 -Name Hosted -AdditionalHeader @{ Host = 'other.example.com:8443' } } | Should -Not -Throw
    }
}
