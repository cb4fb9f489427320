BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatBatch' {
    It 'looks by path and by pipeline, and lists what the service has' {
        Connect-TestSandbox
        $batch = 'Riga' | Start-ChatBatch -Path "$TestDrive/get.json" -Force
        (Get-ChatBatch $batch.Path).Id | Should -Be $batch.Id
        ($batch | Get-ChatBatch).Total | Should -Be 1
        (Get-ChatBatch -All -First 1).Id | Should -Be $batch.Parts[0].Id
        (Get-ChatBatch -Id $batch.Parts[0].Id).Total | Should -Be 1
    }

    It 'takes patterns, and files by pipeline' {
        Connect-TestSandbox
        $folder = New-Item "$TestDrive/[many]" -ItemType Directory
        1..3 | ForEach-Object { $null = "town $_" | Start-ChatBatch -Path "$folder/$_.json" }
        @(Get-ChatBatch "$TestDrive/?many?/*.json").Count | Should -Be 3
        @(Get-ChatBatch "$folder/2.json").Count | Should -Be 1
        @(Get-ChildItem -LiteralPath $folder -Filter *.json | Get-ChatBatch).Count | Should -Be 3
        @(Wait-ChatBatch "$TestDrive/?many?/[12].json").Status | Should -Be Completed, Completed
        @(Receive-ChatBatch "$TestDrive/?many?/[12].json").Count | Should -Be 2
        "$(Get-Failure { Get-ChatBatch "$TestDrive/none/*.json" })" | Should -BeLike '*no file fits*'
    }

    It 'says in plain words what is no batch: <_>' -ForEach 'rows.csv', 'night.json.lock' {
        "Id,Text" | Set-Content "$TestDrive/$_"
        $failure = @(Get-Failure { Get-ChatBatch "$TestDrive/$_" })[0]
        "$failure" | Should -BeLike "*$_' is no batch of ChatPS, *"
        "$failure" | Should -Not -BeLike '*LineNumber*'
    }

    It 'lists a batch whose connection is not there as it was last seen, with one warning' {
        Connect-TestSandbox
        $known = $env:CHATPS_CONFIG
        $env:CHATPS_CONFIG = "$TestDrive/config"
        try {
            $batches = 'one', 'two' | ForEach-Object { $_ | Start-ChatBatch -Connection Test }
            Disconnect-ChatService Test
            $listed = Get-ChatBatch -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
            $listed.Id | Sort-Object | Should -Be ($batches.Id | Sort-Object)
            $warnings.Count | Should -Be 1
            "$warnings" | Should -BeLike "*no connection 'Test'*"
        }
        finally {
            $env:CHATPS_CONFIG = $known
        }
    }
}
